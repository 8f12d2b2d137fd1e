import { claimsInBody } from "../../access/concerns.ts";
import { codeIn } from "../../codes.ts";
import { NamedClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const releaseClaims: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/claims/release",
    {
      config: { role: "adjudicator", concerns: claimsInBody },
      schema: {
        tags: ["claims"],
        summary: "Put 1 to 50 held claims back into the queue, at their places by queue number, all or none",
        body: NamedClaimsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const claims = request.body.claims.map(
        ({ claim }, index) => codeIn("claim", `claims[${index}].claim`, claim).claim,
      );
      return answerWrite(request, reply, desk, [await desk.releaseClaims(claims, askingOf(request))]);
    },
  );
