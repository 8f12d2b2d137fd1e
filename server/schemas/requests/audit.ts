/** What auditors, providers and the foundation ask the desk to put on record about the books. */
import { Type } from "typebox";
import { recordKinds } from "../../../protocol/ledger/events.ts";
import { closed, CodeText, Currency, MinorUnits } from "../common.ts";
import { PaperNumber, PolicyPeriod, StatementBody } from "./fields.ts";

const subject = {
  programme: Type.Optional(CodeText),
  period: Type.Optional(PolicyPeriod),
};

/** About a policy period, a programme, or with neither the whole ledger. */
export const SubjectBody = Type.Object({ ...subject, statement: StatementBody }, closed);

export const FindingBody = Type.Object({ statement: StatementBody }, closed);

export const ConfirmTotalBody = Type.Object(
  {
    day: Type.String({ maxLength: 10, description: "Settlement day YYYY-MM-DD, Asia/Shanghai." }),
    currency: Currency,
    count: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    sum: MinorUnits,
  },
  closed,
);

export const CorrectionBody = Type.Object(
  {
    kind: Type.Enum([...recordKinds]),
    record: Type.Union([Type.Integer({ minimum: 1, maximum: 4_294_967_295 }), CodeText], {
      description: "The record's number, or its code where it has one.",
    }),
    statement: StatementBody,
  },
  closed,
);

export const CoverRefundBody = Type.Object(
  {
    channel: Type.String({ pattern: "^[a-z0-9-]{1,31}$" }),
    paymentNumber: PaperNumber("Number of the foundation's own payment"),
  },
  closed,
);

export const RelayBody = Type.Object(
  {
    transaction: Type.String({
      pattern: "^0x([0-9a-fA-F]{2})+$",
      // Nodes take transactions of 128 KiB.
      maxLength: 2 + 2 * 131_072,
      description:
        "A signed EIP-1559 or legacy transaction to the ledger, with one of its verbs or a multicall of them, no value, " +
        "no fee, and the signer's next nonce.",
    }),
    statements: Type.Optional(Type.Array(StatementBody, { maxItems: 10 })),
  },
  closed,
);
