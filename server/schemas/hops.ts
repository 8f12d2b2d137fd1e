/** The way of money between its allocation and where it is: how many recoveries and moves, and the last of them. */
import { Type, type Static } from "typebox";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type { Hop } from "../../protocol/trace/types.ts";
import { closed, CodeText, Place, place } from "./common.ts";

export const ViaWire = Type.Object(
  {
    kind: Type.Union([Type.Literal("recovery"), Type.Literal("move")]),
    recovery: Type.Optional(Type.Integer()),
    move: Type.Optional(Type.Integer()),
    from: Type.Optional(CodeText),
    at: Type.Optional(Place),
  },
  {
    ...closed,
    description:
      "The last recovery or move that the money went through; from: the claim it came back from, or the programme it left.",
  },
);

interface Way {
  readonly via: Hop | undefined;
  readonly viaCode: string | undefined;
  readonly viaAt: EventPlace | undefined;
}

export const via = ({ via: hop, viaCode, viaAt }: Way): { readonly via?: Static<typeof ViaWire> } => {
  if (hop === undefined) return {};
  return {
    via: {
      ...hop,
      ...(viaCode === undefined ? {} : { from: viaCode }),
      ...(viaAt === undefined ? {} : { at: place(viaAt) }),
    },
  };
};
