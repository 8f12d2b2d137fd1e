import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { programmeInPath } from "../../access/concerns.ts";
import { codeIn, codeOf } from "../../codes.ts";
import { CodeParams } from "../../schemas/common.ts";
import { AllocateBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField } from "../fields.ts";
import { requireProgrammeCurrency } from "./currency.ts";

export const allocatePremium: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/programmes/:code/allocations",
    {
      config: { role: "treasurer", concerns: programmeInPath },
      schema: {
        tags: ["programmes"],
        summary: "Allocate the next money of a fund to a programme",
        params: CodeParams,
        body: AllocateBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      const { fund, amount, currency } = request.body;
      await requireProgrammeCurrency(read, programme, currency);
      const id = await desk.allocatePremium(
        {
          programme,
          fund: codeIn("fund", "fund", fund).fund,
          amount: inField("amount", () => parseMinorUnits(amount)),
        },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
