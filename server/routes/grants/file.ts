import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { periodNumber } from "../../../protocol/ids.ts";
import type { FileGrantRequest } from "../../../protocol/ports/desk.ts";
import { codeIn } from "../../codes.ts";
import { FileGrantsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField } from "../fields.ts";
import { requireProgrammeCurrency } from "../programmes/currency.ts";

export const fileGrants: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/grants",
    {
      config: {
        role: "coordinator",
        concerns: [{ in: "body", field: "grants[].programme", names: "programme" }],
      },
      schema: {
        tags: ["claims"],
        summary: "File 1 to 50 grants of aid programmes, each after a paid claim, all or none",
        body: FileGrantsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const grants: FileGrantRequest[] = [];
      for (const [index, body] of request.body.grants.entries()) {
        const at = `grants[${index}]`;
        const { programme } = codeIn("programme", `${at}.programme`, body.programme);
        await requireProgrammeCurrency(read, programme, body.currency, `${at}.currency`);
        grants.push({
          programme,
          policyPeriod: periodNumber(body.policyPeriod),
          aidOf: codeIn("claim", `${at}.aidOf`, body.aidOf).claim,
          requested: inField(`${at}.requested`, () => parseMinorUnits(body.requested)),
          benefit: body.benefit,
          slip: body.slip,
        });
      }
      return answerWrite(request, reply, desk, [await desk.fileGrants(grants, askingOf(request))]);
    },
  );
