import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { ProblemError } from "../../problems.ts";
import { answer, asOf } from "../../schemas/common.ts";
import { inCanonicalText, receipt, ReceiptWire } from "../../schemas/receipts.ts";
import { FindBody } from "../../schemas/requests/donations.ts";
import { problems, type Endpoint } from "../endpoint.ts";
import { inField } from "../fields.ts";

export const findGift: Endpoint = (app, { read }) =>
  app.post(
    "/v1/donations/find",
    {
      schema: {
        tags: ["donations"],
        summary: "Find a gift by its payment's own transaction number and amount; the answer is its receipt",
        description: "An unknown number and a wrong amount are answered alike.",
        body: FindBody,
        response: { 200: answer(ReceiptWire), ...problems },
      },
    },
    async (request, reply) => {
      const { transactionNumber, amount, channel } = request.body;
      const found = await read.findGift({
        transactionNumber,
        amount: inField("amount", () => parseMinorUnits(amount)),
        askedFrom: request.ip,
        ...(channel === undefined ? {} : { channel }),
      });
      reply.header("cache-control", "no-store");
      switch (found.outcome) {
        case "found": {
          const body = { asOf: asOf(await read.head()), data: receipt(found.receipt) };
          return inCanonicalText(reply, body);
        }
        case "notFound":
          throw new ProblemError("not-found", "no gift with this transaction number and amount is recorded");
        case "tooMany":
          throw new ProblemError("too-many-requests", "too many tries; wait before the next one", {
            retryAfterSeconds: found.retryAfterSeconds,
          });
      }
    },
  );
