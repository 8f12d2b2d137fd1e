import { Type, type Static } from "typebox";
import type { ClaimSources, TracedSource } from "../../protocol/ports/views.ts";
import { bilingual, closed, CodeText, fundCode, Text } from "./common.ts";
import { batch, BatchWire } from "./donations.ts";
import { via, ViaWire } from "./hops.ts";

export const SourceWire = Type.Object(
  {
    fund: CodeText,
    fundName: Text,
    allocation: Type.Integer(),
    fundStart: Type.String(),
    fundEnd: Type.String(),
    amountFen: Type.String(),
    batch: BatchWire,
    firstIndex: Type.Integer(),
    lastIndex: Type.Integer(),
    firstDonation: CodeText,
    donations: Type.Integer(),
    hops: Type.Integer({ description: "Recoveries and moves between the allocation and the payout." }),
    via: Type.Optional(ViaWire),
  },
  closed,
);

const source = (traced: TracedSource): Static<typeof SourceWire> => ({
  fund: fundCode(traced.source.fund),
  fundName: bilingual(traced.fundName),
  allocation: traced.source.allocation,
  fundStart: traced.source.fundStart.toString(),
  fundEnd: traced.source.fundEnd.toString(),
  amountFen: traced.source.amount.toString(),
  batch: batch(traced.batch),
  firstIndex: traced.firstIndex,
  lastIndex: traced.lastIndex,
  firstDonation: traced.firstCode,
  donations: traced.donations,
  hops: traced.source.hops,
  ...via({ via: traced.source.via, viaCode: traced.viaCode, viaAt: traced.viaAt }),
});

export const SourcesWire = Type.Object(
  { totalFen: Type.String(), sources: Type.Array(SourceWire), next: Type.Optional(Type.String()) },
  closed,
);

export const sources = (view: ClaimSources): Static<typeof SourcesWire> => ({
  totalFen: view.total.toString(),
  sources: view.sources.map(source),
  ...(view.next === undefined ? {} : { next: view.next }),
});
