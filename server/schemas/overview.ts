import { Type, type Static } from "typebox";
import type { LawCheck, Summary } from "../../protocol/ports/views.ts";
import { closed, Currency, money, Money } from "./common.ts";
import { fund, FundWire } from "./funds.ts";
import { partition, PartitionWire } from "./partition.ts";
import { ClaimCountsWire, programme, ProgrammeWire } from "./programmes.ts";

export const SummaryWire = Type.Object(
  {
    donations: Type.Integer(),
    claims: ClaimCountsWire,
    currencies: Type.Array(
      Type.Object(
        {
          currency: Currency,
          partition: PartitionWire,
          carriedForward: Money,
          approvedUnpaid: Money,
          shortfall: Money,
        },
        closed,
      ),
    ),
    funds: Type.Array(FundWire),
    programmes: Type.Array(ProgrammeWire),
  },
  closed,
);

export const summary = (view: Summary): Static<typeof SummaryWire> => ({
  donations: view.donations,
  claims: { ...view.claims },
  currencies: view.currencies.map((part) => ({
    currency: part.currency,
    partition: partition(part.partition, part.currency),
    carriedForward: money(part.carriedForward, part.currency),
    approvedUnpaid: money(part.approvedUnpaid, part.currency),
    shortfall: money(part.shortfall, part.currency),
  })),
  funds: view.funds.map(fund),
  programmes: view.programmes.map(programme),
});

export const LawWire = Type.Object(
  { law: Type.String(), holds: Type.Boolean(), checked: Type.Integer(), facts: Type.Array(Type.String()) },
  closed,
);

export const law = (check: LawCheck): Static<typeof LawWire> => ({ ...check, facts: [...check.facts] });
