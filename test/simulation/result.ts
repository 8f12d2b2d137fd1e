/** What came of one simulation: how many of what. */
import { Type, type Static } from "typebox";

const Figure = Type.Integer({ minimum: 0 });

export const Figures = Type.Object({
  gateways: Figure,
  writes: Figure,
  acknowledged: Figure,
  refused: Figure,
  repeated: Figure,
  lost: Figure,
  kills: Figure,
  restarts: Figure,
  fullDisks: Figure,
  clockJumps: Figure,
  faults: Figure,
  freezes: Figure,
  reorgs: Figure,
  feeRises: Figure,
  chainKills: Figure,
  deeds: Figure,
  donations: Figure,
  claims: Figure,
});
export type Figures = Static<typeof Figures>;

export const Simulated = Type.Intersect([
  Type.Object({
    seed: Figure,
    steps: Figure,
    variant: Type.Union([Type.Literal("embedded"), Type.Literal("outside"), Type.Literal("shared")]),
  }),
  Figures,
]);
export type Simulated = Static<typeof Simulated>;
