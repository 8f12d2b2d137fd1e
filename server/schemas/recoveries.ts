import { Type, type Static } from "typebox";
import type { MoveView, RecoveryView } from "../../protocol/ports/views.ts";
import { bilingual, closed, CodeText, money, Money, Place, place, programmeCode, Text } from "./common.ts";

export const RecoveryWire = Type.Object(
  {
    recovery: Type.Integer(),
    payout: Type.Integer(),
    claim: CodeText,
    programme: CodeText,
    amountFen: Type.String(),
    returned: Type.Boolean({ description: "A bank return: the claim was approved again." }),
    period: Type.Integer({ description: "The cash period, by block time." }),
    reserveStart: Type.String({ description: "Where the money stands on the reserve line since." }),
    recoveredAt: Place,
  },
  closed,
);

export const recovery = (view: RecoveryView): Static<typeof RecoveryWire> => ({
  recovery: view.recovery,
  payout: view.payout,
  claim: view.claimCode,
  programme: programmeCode(view.programme),
  amountFen: view.amount.toString(),
  returned: view.returned,
  period: view.period,
  reserveStart: view.reserveStart.toString(),
  recoveredAt: place(view.recoveredAt),
});

export const MoveWire = Type.Object(
  {
    move: Type.Integer(),
    from: CodeText,
    fromName: Text,
    to: CodeText,
    toName: Text,
    reserveAmount: Money,
    operationsAmount: Money,
    movedAt: Place,
  },
  closed,
);

export const move = (view: MoveView): Static<typeof MoveWire> => ({
  move: view.move,
  from: programmeCode(view.from),
  fromName: bilingual(view.fromName),
  to: programmeCode(view.to),
  toName: bilingual(view.toName),
  reserveAmount: money(view.reserveAmount, view.currency),
  operationsAmount: money(view.operationsAmount, view.currency),
  movedAt: place(view.movedAt),
});
