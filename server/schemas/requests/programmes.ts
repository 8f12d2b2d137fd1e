/** What is asked of the desk about programmes, who they insure, and their money. */
import { Type } from "typebox";
import { expenseKinds, programmeKinds } from "../../../protocol/ledger/events.ts";
import { mostInsurers } from "../../documents.ts";
import { closed, CodeText, Currency, Digest, Instant, MinorUnits, Text } from "../common.ts";
import { IdNumberText, PaperNumber, PolicyPeriod } from "./fields.ts";

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
    period: PolicyPeriod,
    start: Instant,
    end: Instant,
    terms: Type.Object(
      {},
      {
        additionalProperties: true,
        description:
          "The plan's terms (docs/terms.md), published word for word. Cover, filing deadline and the precision of " +
          "incidents follow from them, so cover and filingDays are to be stated.",
      },
    ),
  },
  closed,
);

export const DeclareInsurersBody = Type.Object(
  {
    policyPeriod: PolicyPeriod,
    insurers: Type.Array(
      Type.Object({ name: Text, shareBps: Type.Integer({ minimum: 1, maximum: 10_000 }) }, closed),
      {
        minItems: 1,
        maxItems: mostInsurers,
        description: "In the order that settles rounding; the shares sum to 10,000 basis points. Published.",
      },
    ),
  },
  closed,
);

const InsuredBody = Type.Object({ idNumber: IdNumberText, from: Instant, to: Instant }, closed);

export const AppendRosterBody = Type.Object(
  {
    premiumPerHead: MinorUnits,
    currency: Currency,
    denominator: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 4_294_967_295,
        description: "How many people could have been enrolled, where that is published.",
      }),
    ),
    people: Type.Optional(
      Type.Array(InsuredBody, {
        minItems: 1,
        maxItems: 10_000,
        description:
          "Insured from `from` until `to`, on the minute. The gateway makes and keeps their pseudonyms.",
      }),
    ),
    root: Type.Optional(Digest),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 4_294_967_295 })),
  },
  {
    ...closed,
    description: "Either people, or root and count of a roster made elsewhere (docs/rosters.md).",
  },
);

export const AllocateBody = Type.Object({ fund: CodeText, amount: MinorUnits, currency: Currency }, closed);

export const ExpenseBody = Type.Object(
  {
    kind: Type.Enum([...expenseKinds]),
    amount: MinorUnits,
    currency: Currency,
    voucher: PaperNumber("Number of the voucher"),
  },
  closed,
);

export const MoveSurplusBody = Type.Object({ from: CodeText, to: CodeText }, closed);
