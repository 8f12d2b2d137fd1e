import { Type } from "typebox";
import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { payoutId } from "../../../protocol/ids.ts";
import { payoutInPath } from "../../access/concerns.ts";
import { numberIn } from "../../codes.ts";
import { closed } from "../../schemas/common.ts";
import { RecoverPayoutBody } from "../../schemas/requests/claims.ts";
import { RecordNumber } from "../../schemas/requests/fields.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField } from "../fields.ts";

export const recoverPayout: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/payouts/:payout/recoveries",
    {
      config: { role: "payer", concerns: payoutInPath },
      schema: {
        tags: ["claims"],
        summary: "Record money of a payment that came back",
        params: Type.Object({ payout: RecordNumber }, closed),
        body: RecoverPayoutBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const payout = numberIn("payout", request.params.payout, payoutId);
      const { amount, voucher } = request.body;
      const id = await desk.recoverPayout(
        { payout, amount: inField("amount", () => parseMinorUnits(amount)), voucher },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
