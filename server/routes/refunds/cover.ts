import { Type } from "typebox";
import { refundId } from "../../../protocol/ids.ts";
import { numberIn } from "../../codes.ts";
import { closed } from "../../schemas/common.ts";
import { CoverRefundBody } from "../../schemas/requests/audit.ts";
import { RecordNumber } from "../../schemas/requests/fields.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const coverRefund: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/refunds/:refund/cover",
    {
      config: { role: "provider", concerns: "everything" },
      schema: {
        tags: ["donations"],
        summary: "Confirm that the foundation's own payment for a refund came in",
        params: Type.Object({ refund: RecordNumber }, closed),
        body: CoverRefundBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const refund = numberIn("refund", request.params.refund, refundId);
      return answerWrite(request, reply, desk, [
        await desk.coverRefund({ refund, ...request.body }, askingOf(request)),
      ]);
    },
  );
