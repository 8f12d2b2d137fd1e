import { Type, type Static } from "typebox";
import type { RefundView } from "../../protocol/ports/views.ts";
import { closed, CodeText, fundCode, money, Money, Place, place } from "./common.ts";

export const RefundWire = Type.Object(
  {
    refund: Type.Integer(),
    donation: CodeText,
    fund: CodeText,
    fundStart: Type.String({ description: "First fund position that is the foundation's." }),
    amount: Money,
    refundedAt: Place,
    covered: Type.Optional(Type.Object({ channel: Type.String(), at: Place }, closed)),
  },
  {
    ...closed,
    description: "Without covered, the foundation owes the amount: its own payment is not confirmed.",
  },
);

export const refund = (view: RefundView): Static<typeof RefundWire> => ({
  refund: view.refund,
  donation: view.donationCode,
  fund: fundCode(view.fund),
  fundStart: view.start.toString(),
  amount: money(view.amount, view.currency),
  refundedAt: place(view.refundedAt),
  ...(view.covered === undefined
    ? {}
    : { covered: { channel: view.covered.channel, at: place(view.covered.at) } }),
});
