import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { programmeInPath } from "../../access/concerns.ts";
import { codeOf } from "../../codes.ts";
import { CodeParams } from "../../schemas/common.ts";
import { ExpenseBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField } from "../fields.ts";
import { requireProgrammeCurrency } from "./currency.ts";

export const recordExpense: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/programmes/:code/expenses",
    {
      config: { role: "treasurer", concerns: programmeInPath },
      schema: {
        tags: ["programmes"],
        summary: "Record an operating expense; past the operations money it is an advance",
        params: CodeParams,
        body: ExpenseBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      const { kind, amount, currency, voucher } = request.body;
      await requireProgrammeCurrency(read, programme, currency);
      const parsed = inField("amount", () => parseMinorUnits(amount));
      const id = await desk.recordExpense({ programme, kind, amount: parsed, voucher }, askingOf(request));
      return answerWrite(request, reply, desk, [id]);
    },
  );
