import { claimsInBody } from "../../access/concerns.ts";
import { codeIn } from "../../codes.ts";
import { PayClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const payClaims: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/claims/pay",
    {
      config: { role: "payer", concerns: claimsInBody },
      schema: {
        tags: ["claims"],
        summary: "Pay 1 to 50 approved claims from the head of their queue on, all or none",
        body: PayClaimsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const claims = request.body.claims.map(({ claim, paymentNumber }, index) => ({
        claim: codeIn("claim", `claims[${index}].claim`, claim).claim,
        paymentNumber,
      }));
      return answerWrite(request, reply, desk, [await desk.payClaims(claims, askingOf(request))]);
    },
  );
