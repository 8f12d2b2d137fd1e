import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { periodNumber } from "../../../protocol/ids.ts";
import type { FileClaimRequest } from "../../../protocol/ports/desk.ts";
import { codeIn } from "../../codes.ts";
import { FileClaimsBody } from "../../schemas/requests/claims.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { incidentIn, inField } from "../fields.ts";
import { requireProgrammeCurrency } from "../programmes/currency.ts";
import { memberOf } from "./member.ts";

export const fileClaims: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/claims",
    {
      config: {
        role: "coordinator",
        concerns: [{ in: "body", field: "claims[].programme", names: "programme" }],
      },
      schema: {
        tags: ["claims"],
        summary: "File 1 to 50 claims in one transaction, all or none",
        description:
          "Each is checked before it is accepted: the roster's line, the incident, the filing deadline.",
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
        const policyPeriod = periodNumber(body.policyPeriod);
        const toTheMinute = (await read.period(programme, policyPeriod))?.toTheMinute ?? false;
        claims.push({
          programme,
          policyPeriod,
          member: memberOf(`${at}.member`, body.member),
          incidentFrom: incidentIn(`${at}.incident`, body.incident, toTheMinute),
          requested: inField(`${at}.requested`, () => parseMinorUnits(body.requested)),
          benefit: body.benefit,
          slip: body.slip,
        });
      }
      return answerWrite(request, reply, desk, [await desk.fileClaims(claims, askingOf(request))]);
    },
  );
