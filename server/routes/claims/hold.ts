import { claimsInBody } from "../../access/concerns.ts";
import { codeIn } from "../../codes.ts";
import { ReasonedClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const holdClaims: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/claims/hold",
    {
      config: { role: "adjudicator", concerns: claimsInBody },
      schema: {
        tags: ["claims"],
        summary:
          "Hold 1 to 50 approved claims, each with a coarse reason, so that others overtake them; all or none",
        body: ReasonedClaimsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const claims = request.body.claims.map(({ claim, reason }, index) => ({
        claim: codeIn("claim", `claims[${index}].claim`, claim).claim,
        reason,
      }));
      return answerWrite(request, reply, desk, [await desk.holdClaims(claims, askingOf(request))]);
    },
  );
