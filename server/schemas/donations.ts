import { Type, type Static } from "typebox";
import type { BatchView, DonationTrace, DonationView, TracedSlice } from "../../protocol/ports/views.ts";
import { places } from "../../protocol/trace/types.ts";
import {
  batchCode,
  bilingual,
  claimCode,
  closed,
  CodeText,
  Digest,
  donationCode,
  fundCode,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";
import { via, ViaWire } from "./hops.ts";
import { partition, PartitionWire } from "./partition.ts";
import { refund, RefundWire } from "./refunds.ts";

export const Channel = Type.String({
  pattern: "^[a-z0-9-]{1,31}$",
  description: "A registered channel id.",
  examples: ["alipay"],
});
export const TransactionNumber = Type.String({ minLength: 1, maxLength: 128 });

export const StandingWire = Type.Object(
  {
    standing: Type.Array(
      Type.Union([Type.Literal("new"), Type.Literal("recorded"), Type.Literal("conflict")]),
    ),
  },
  closed,
);

export const BatchWire = Type.Object(
  {
    code: CodeText,
    fund: CodeText,
    channel: Channel,
    day: Type.Integer(),
    startsAt: Type.String(),
    count: Type.Integer(),
    sumFen: Type.String(),
    root: Digest,
    recordedAt: Place,
    confirmation: Type.Union(
      [Type.Literal("unconfirmed"), Type.Literal("confirmed"), Type.Literal("differs")],
      { description: "Whether the channel's provider confirmed the total of the batch's day." },
    ),
  },
  closed,
);

export const batch = (view: BatchView): Static<typeof BatchWire> => ({
  code: batchCode(view.batch),
  fund: fundCode(view.fund),
  channel: view.channel,
  day: view.day,
  startsAt: view.startsAt.toString(),
  count: view.count,
  sumFen: view.sum.toString(),
  root: view.root,
  recordedAt: place(view.recordedAt),
  confirmation: view.confirmation,
});

export const DonationWire = Type.Object(
  {
    code: CodeText,
    amount: Money,
    fundName: Text,
    claimsShareBps: Type.Integer(),
    claimsShare: Money,
    commitment: Digest,
    index: Type.Integer(),
    start: Type.String(),
    end: Type.String(),
    batch: BatchWire,
    refunds: Type.Array(RefundWire),
  },
  closed,
);

export const donation = (view: DonationView): Static<typeof DonationWire> => ({
  code: donationCode(view.batch.batch, view.index),
  amount: money(view.amount, view.currency),
  fundName: bilingual(view.fundName),
  claimsShareBps: view.claimsShareBps,
  claimsShare: money(view.claimsShare, view.currency),
  commitment: view.commitment,
  index: view.index,
  start: view.start.toString(),
  end: view.end.toString(),
  batch: batch(view.batch),
  refunds: view.refunds.map(refund),
});

export const SliceWire = Type.Object(
  {
    place: Type.Enum([...places]),
    amountFen: Type.String(),
    lineStart: Type.String({ description: "First position on the fund's, reserve or operations line." }),
    allocation: Type.Optional(Type.Integer()),
    programme: Type.Optional(CodeText),
    programmeName: Type.Optional(Text),
    claim: Type.Optional(CodeText),
    claimAmountFen: Type.Optional(Type.String()),
    payout: Type.Optional(Type.Integer()),
    expense: Type.Optional(Type.Integer()),
    allocatedAt: Type.Optional(Place),
    settledAt: Type.Optional(Place),
    hops: Type.Optional(Type.Integer({ description: "Recoveries and moves since the allocation." })),
    via: Type.Optional(ViaWire),
  },
  closed,
);

export const TraceWire = Type.Object(
  { partition: PartitionWire, slices: Type.Array(SliceWire), next: Type.Optional(Type.String()) },
  closed,
);

const lineStart = ({ slice }: TracedSlice): string => {
  switch (slice.place) {
    case "unallocated":
      return slice.fundStart.toString();
    case "paid":
    case "inReserve":
      return slice.reserveStart.toString();
    case "operatingSpent":
    case "operatingUnspent":
      return slice.operationsStart.toString();
  }
};

export const slice = (traced: TracedSlice): Static<typeof SliceWire> => ({
  place: traced.slice.place,
  amountFen: traced.slice.amount.toString(),
  lineStart: lineStart(traced),
  ...("allocation" in traced.slice
    ? {
        allocation: traced.slice.allocation,
        programme: programmeCode(traced.slice.programme),
        hops: traced.slice.hops,
        ...via({ via: traced.slice.via, viaCode: traced.viaCode, viaAt: traced.viaAt }),
      }
    : {}),
  ...(traced.slice.place === "paid"
    ? { claim: claimCode(traced.slice.claim), payout: traced.slice.payout }
    : {}),
  ...(traced.slice.place === "operatingSpent" ? { expense: traced.slice.expense } : {}),
  ...(traced.programmeName === undefined ? {} : { programmeName: bilingual(traced.programmeName) }),
  ...(traced.claimAmount === undefined ? {} : { claimAmountFen: traced.claimAmount.toString() }),
  ...(traced.allocatedAt === undefined ? {} : { allocatedAt: place(traced.allocatedAt) }),
  ...(traced.settledAt === undefined ? {} : { settledAt: place(traced.settledAt) }),
});

export const trace = (view: DonationTrace, currency: string): Static<typeof TraceWire> => ({
  partition: partition(view.partition, currency),
  slices: view.slices.map(slice),
  ...(view.next === undefined ? {} : { next: view.next }),
});
