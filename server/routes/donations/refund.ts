import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { codeOf } from "../../codes.ts";
import { ProblemError } from "../../problems.ts";
import { CodeParams } from "../../schemas/common.ts";
import { RefundBody } from "../../schemas/requests/donations.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField, requireCurrency } from "../fields.ts";

export const refundDonation: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/donations/:code/refunds",
    {
      config: { role: "treasurer", concerns: "everything" },
      schema: {
        tags: ["donations"],
        summary: "Record that the foundation repaid a gift, whole or in part, and takes the donor's place",
        params: CodeParams,
        body: RefundBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { batch, index } = codeOf("donation", request.params.code);
      const { amount, currency, paymentNumber } = request.body;
      const donation = await read.donation(batch, index);
      if (donation === undefined) throw new ProblemError("not-found", `no donation ${request.params.code}`);
      requireCurrency("currency", donation.currency, currency);
      const id = await desk.refundDonation(
        { batch, index, amount: inField("amount", () => parseMinorUnits(amount)), paymentNumber },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
