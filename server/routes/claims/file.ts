import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { bytes32, periodNumber } from "../../../protocol/ids.ts";
import type { FileClaimRequest } from "../../../protocol/ports/desk.ts";
import { FileClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, codeIn, writeResponses, type Endpoint } from "../endpoint.ts";
import { incidentIn, inField } from "../fields.ts";
import { requireProgrammeCurrency } from "../programmes/currency.ts";

export const fileClaims: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/claims",
    {
      config: { role: "coordinator" },
      schema: {
        tags: ["claims"],
        summary: "File 1 to 50 claims in one transaction, all or none",
        body: FileClaimsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const claims: FileClaimRequest[] = [];
      for (const [index, body] of request.body.claims.entries()) {
        const at = `claims[${index}]`;
        const { programme } = codeIn("programme", `${at}.programme`, body.programme);
        await requireProgrammeCurrency(read, programme, body.currency, `${at}.currency`);
        claims.push({
          programme,
          policyPeriod: periodNumber(body.policyPeriod),
          person: bytes32(body.person),
          ...incidentIn(`${at}.incident`, body.incident),
          requested: inField(`${at}.requested`, () => parseMinorUnits(body.requested)),
          benefit: body.benefit,
          slip: body.slip,
        });
      }
      return answerWrite(request, reply, desk, [await desk.fileClaims(claims, askingOf(request))]);
    },
  );
