import { Type, type Static } from "typebox";
import { programmeId } from "../../protocol/ids.ts";
import type { SettlementFigure, SettlementView } from "../../protocol/ports/views.ts";
import { minimumClaims } from "../../protocol/statistics/cells.ts";
import type { Statistic } from "../../protocol/statistics/cells.ts";
import type { Percentiles } from "../../protocol/statistics/percentiles.ts";
import { closed, CodeText, programmeCode } from "./common.ts";

const PercentilesWire = Type.Union(
  [
    Type.Object({ state: Type.Literal("noData") }, closed),
    Type.Object(
      {
        state: Type.Literal("data"),
        count: Type.Integer(),
        p50: Type.Integer(),
        p90: Type.Integer(),
        p99: Type.Integer(),
      },
      closed,
    ),
  ],
  { description: "Seconds: nearest-rank percentiles." },
);

const percentiles = (view: Percentiles): Static<typeof PercentilesWire> => ({ ...view });

const cellsWire = {
  periods: Type.Optional(Type.Array(Type.Integer())),
  programmes: Type.Optional(Type.Array(CodeText)),
};

const StatisticWire = Type.Union([
  Type.Object(
    {
      state: Type.Literal("published"),
      ...cellsWire,
      claims: Type.Integer({ minimum: minimumClaims }),
      paid: Type.Integer(),
      rejected: Type.Integer(),
      filedToApproved: PercentilesWire,
      approvedToPaid: PercentilesWire,
      filedToPaid: PercentilesWire,
    },
    closed,
  ),
  Type.Object(
    { state: Type.Literal("withheld"), ...cellsWire, minimumClaims: Type.Literal(minimumClaims) },
    { ...closed, description: "Too few claims as yet, or some are not decided." },
  ),
]);

type OnWire = Static<typeof StatisticWire>;

const cellsOf = (cells: readonly number[], ofLedger: boolean) =>
  ofLedger ? { programmes: cells.map((cell) => programmeCode(programmeId(cell))) } : { periods: [...cells] };

const statistic = (view: Statistic<number, SettlementFigure>, ofLedger: boolean): OnWire => {
  const cells = cellsOf(view.cells, ofLedger);
  if (view.state === "withheld") return { state: view.state, ...cells, minimumClaims: view.minimumClaims };
  const { figure, claims } = view;
  return {
    state: view.state,
    ...cells,
    claims,
    paid: figure.paid,
    rejected: figure.rejected,
    filedToApproved: percentiles(figure.filedToApproved),
    approvedToPaid: percentiles(figure.approvedToPaid),
    filedToPaid: percentiles(figure.filedToPaid),
  };
};

export const SettlementWire = Type.Object(
  {
    programme: Type.Optional(CodeText),
    groups: Type.Array(StatisticWire),
    total: StatisticWire,
  },
  {
    ...closed,
    description:
      "Of a programme by policy periods, of the ledger by programmes: only groups of at least 11 claims, each kind " +
      "none or at least 11, in which nothing can change any more.",
  },
);

export const settlement = (view: SettlementView): Static<typeof SettlementWire> => {
  const ofLedger = view.programme === undefined;
  return {
    ...(view.programme === undefined ? {} : { programme: programmeCode(view.programme) }),
    groups: view.groups.map((group) => statistic(group, ofLedger)),
    total: statistic(view.total, ofLedger),
  };
};
