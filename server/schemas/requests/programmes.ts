/** What is asked of the desk about programmes and their money. */
import { Type } from "typebox";
import { expenseKinds, programmeKinds } from "../../../protocol/ledger/events.ts";
import { closed, CodeText, Currency, Instant, MinorUnits, Text } from "../common.ts";

export const OpenProgrammeBody = Type.Object(
  {
    name: Text,
    kind: Type.Enum([...programmeKinds]),
    currency: Currency,
    region: Type.Integer({ minimum: 0, maximum: 999_999 }),
  },
  closed,
);

export const DeclarePeriodBody = Type.Object(
  {
    period: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    start: Instant,
    end: Instant,
    filingDeadline: Instant,
    cover: MinorUnits,
    terms: Type.Record(
      Type.String({ pattern: "^[A-Za-z][A-Za-z0-9]{0,39}$" }),
      Type.Union([Type.String({ maxLength: 500 }), Type.Integer()]),
      { description: "Published. No personal data." },
    ),
  },
  closed,
);

export const AllocateBody = Type.Object({ fund: CodeText, amount: MinorUnits, currency: Currency }, closed);

export const ExpenseBody = Type.Object(
  {
    kind: Type.Enum([...expenseKinds]),
    amount: MinorUnits,
    currency: Currency,
    voucher: Type.String({ minLength: 1, maxLength: 128 }),
  },
  closed,
);
