import { parseMinorUnits, zeroFen } from "../../../protocol/amounts.ts";
import type { ApproveClaimRequest } from "../../../protocol/ports/desk.ts";
import { claimsInBody } from "../../access/concerns.ts";
import { codeIn } from "../../codes.ts";
import { ApproveClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField, requireCurrency } from "../fields.ts";

export const approveClaims: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/claims/approve",
    {
      config: { role: "adjudicator", concerns: claimsInBody },
      schema: {
        tags: ["claims"],
        summary: "Approve 1 to 50 filed claims in this order, all or none; the order is their queue order",
        body: ApproveClaimsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const claims: ApproveClaimRequest[] = [];
      for (const [index, body] of request.body.claims.entries()) {
        const at = `claims[${index}]`;
        const { claim } = codeIn("claim", `${at}.claim`, body.claim);
        const view = await read.claim(claim);
        if (view !== undefined) requireCurrency(`${at}.currency`, view.currency, body.currency);
        const { remaining } = body;
        claims.push({
          claim,
          amount: inField(`${at}.amount`, () => parseMinorUnits(body.amount)),
          remaining:
            remaining === undefined ? zeroFen : inField(`${at}.remaining`, () => parseMinorUnits(remaining)),
        });
      }
      return answerWrite(request, reply, desk, [await desk.approveClaims(claims, askingOf(request))]);
    },
  );
