/** What is asked of the desk about claims. */
import { Type } from "typebox";
import { benefitKinds } from "../../../protocol/ledger/events.ts";
import { closed, CodeText, Currency, MinorUnits } from "../common.ts";

const Benefit = Type.Enum([...benefitKinds]);

export const FileClaimsBody = Type.Object(
  {
    claims: Type.Array(
      Type.Object(
        {
          programme: CodeText,
          policyPeriod: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
          person: Type.String({
            pattern: "^0x[0-9a-f]{64}$",
            description: "Salted pseudonym, new for every programme and period. Never a name or number.",
          }),
          incident: Type.String({
            maxLength: 40,
            description: "YYYY-MM-DD, or RFC 3339 with +08:00 on the minute for day policies.",
          }),
          requested: MinorUnits,
          currency: Currency,
          benefit: Benefit,
          slip: Type.String({
            minLength: 1,
            maxLength: 128,
            description: "Number of the settlement slip, for the vault; a salted commitment is published.",
          }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  closed,
);

export const ApproveClaimsBody = Type.Object(
  {
    claims: Type.Array(
      Type.Object(
        { claim: CodeText, amount: MinorUnits, currency: Currency, remaining: Type.Optional(MinorUnits) },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  closed,
);

export const PayClaimsBody = Type.Object(
  {
    claims: Type.Array(
      Type.Object({ claim: CodeText, paymentNumber: Type.String({ minLength: 1, maxLength: 128 }) }, closed),
      { minItems: 1, maxItems: 50 },
    ),
  },
  closed,
);
