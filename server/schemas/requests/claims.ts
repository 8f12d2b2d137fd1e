/** What is asked of the desk about claims, grants and their payments. */
import { Type, type TProperties } from "typebox";
import { benefitKinds, reasons } from "../../../protocol/ledger/events.ts";
import { maxRosterProofLength } from "../../../protocol/rosters/tree.ts";
import { closed, CodeText, Currency, Digest, MinorUnits, patterns } from "../common.ts";
import { IdNumberText, PaperNumber, PolicyPeriod, Seconds } from "./fields.ts";

const Benefit = Type.Enum([...benefitKinds]);

/** A list of 1 to 50, under one name. */
const upToFifty = <Fields extends TProperties>(fields: Fields) =>
  Type.Array(Type.Object(fields, closed), { minItems: 1, maxItems: 50 });

export const Member = Type.Object(
  {
    idNumber: Type.Optional(IdNumberText),
    roster: Type.Optional(Type.Integer({ minimum: 1, maximum: 4_294_967_295 })),
    person: Type.Optional(Digest),
    from: Type.Optional(Seconds),
    to: Type.Optional(Seconds),
    proof: Type.Optional(Type.Array(Digest, { maxItems: maxRosterProofLength })),
  },
  {
    ...closed,
    description:
      "Either idNumber, looked up in this gateway's vault and kept nowhere else; or roster, person, from, to and " +
      "proof, as `npm run roster -- --prove` answers them.",
  },
);

const slip = PaperNumber("Number of the settlement slip");

export const FileClaimsBody = Type.Object(
  {
    claims: upToFifty({
      programme: CodeText,
      policyPeriod: PolicyPeriod,
      member: Member,
      incident: Type.String({
        maxLength: 40,
        description:
          "YYYY-MM-DD; RFC 3339 with +08:00 on the minute where the policy period records minutes.",
      }),
      requested: MinorUnits,
      currency: Currency,
      benefit: Benefit,
      slip,
    }),
  },
  closed,
);

export const FileGrantsBody = Type.Object(
  {
    grants: upToFifty({
      programme: CodeText,
      policyPeriod: PolicyPeriod,
      aidOf: CodeText,
      requested: MinorUnits,
      currency: Currency,
      benefit: Benefit,
      slip,
    }),
  },
  closed,
);

export const ApproveClaimsBody = Type.Object(
  {
    claims: upToFifty({
      claim: CodeText,
      amount: MinorUnits,
      currency: Currency,
      remaining: Type.Optional(
        Type.String({
          pattern: patterns.minorUnits,
          description: "What the person still owes after all payers, attested as an upper bound.",
        }),
      ),
    }),
  },
  closed,
);

export const NamedClaimsBody = Type.Object({ claims: upToFifty({ claim: CodeText }) }, closed);

export const ReasonedClaimsBody = Type.Object(
  { claims: upToFifty({ claim: CodeText, reason: Type.Enum([...reasons]) }) },
  closed,
);

export const PayClaimsBody = Type.Object(
  {
    claims: upToFifty({ claim: CodeText, paymentNumber: PaperNumber("The bank's or platform's number") }),
  },
  closed,
);

const voucher = PaperNumber("Number of the voucher");

export const RecoverPayoutBody = Type.Object(
  {
    amount: Type.String({
      pattern: patterns.minorUnits,
      description: "Minor units of the payout's currency.",
    }),
    voucher,
  },
  closed,
);

export const ReturnPayoutBody = Type.Object({ voucher }, closed);
