import { Type } from "typebox";
import { payoutId } from "../../../protocol/ids.ts";
import { payoutInPath } from "../../access/concerns.ts";
import { numberIn } from "../../codes.ts";
import { closed } from "../../schemas/common.ts";
import { ReturnPayoutBody } from "../../schemas/requests/claims.ts";
import { RecordNumber } from "../../schemas/requests/fields.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const returnPayout: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/payouts/:payout/return",
    {
      config: { role: "payer", concerns: payoutInPath },
      schema: {
        tags: ["claims"],
        summary: "Record that the bank returned all that was left of a payment: its claim is owed again",
        params: Type.Object({ payout: RecordNumber }, closed),
        body: ReturnPayoutBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const payout = numberIn("payout", request.params.payout, payoutId);
      const { voucher } = request.body;
      return answerWrite(request, reply, desk, [
        await desk.recoverPayout({ payout, voucher }, askingOf(request)),
      ]);
    },
  );
