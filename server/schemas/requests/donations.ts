/** What is asked of the desk about gifts, and by whoever looks for one. */
import { Type } from "typebox";
import { closed, CodeText, Currency, MinorUnits } from "../common.ts";
import { Channel, TransactionNumber } from "../donations.ts";
import { PaperNumber } from "./fields.ts";

export const GiftBody = Type.Object(
  {
    fund: CodeText,
    channel: Channel,
    occurredAt: Type.String({
      maxLength: 40,
      description: "RFC 3339 with +08:00 to the second, or YYYY-MM-DD where the source has only a day.",
    }),
    transactionNumber: TransactionNumber,
    amount: MinorUnits,
    currency: Currency,
    providerIssued: Type.Boolean({
      description:
        "False where the number was made up for a source without one; such a gift is not findable.",
    }),
    remark: Type.Optional(Type.String({ maxLength: 2_000, description: "Free text, for the vault only." })),
    day: Type.Optional(
      Type.String({ description: "Settlement day YYYY-MM-DD, if not the day of occurredAt." }),
    ),
  },
  closed,
);

export const GiftsBody = Type.Object(
  { donations: Type.Array(GiftBody, { minItems: 1, maxItems: 3_000 }) },
  closed,
);

export const FindBody = Type.Object(
  {
    transactionNumber: TransactionNumber,
    amount: MinorUnits,
    channel: Type.Optional(Channel),
  },
  closed,
);

export const ForgetBody = Type.Object({ channel: Channel, transactionNumber: TransactionNumber }, closed);

export const RefundBody = Type.Object(
  {
    amount: MinorUnits,
    currency: Currency,
    paymentNumber: PaperNumber("Number of the repayment"),
  },
  closed,
);
