import { claimsInBody } from "../../access/concerns.ts";
import { codeIn } from "../../codes.ts";
import { NamedClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const withdrawClaims: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/claims/withdraw",
    {
      config: { role: "coordinator", concerns: claimsInBody },
      schema: {
        tags: ["claims"],
        summary: "Take back 1 to 50 claims that are not decided, all or none",
        body: NamedClaimsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const claims = request.body.claims.map(
        ({ claim }, index) => codeIn("claim", `claims[${index}].claim`, claim).claim,
      );
      return answerWrite(request, reply, desk, [await desk.withdrawClaims(claims, askingOf(request))]);
    },
  );
