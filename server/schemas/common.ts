/** The wire forms that every resource shares: money, codes, the block an answer is true of, pages, problems. */
import { Type, type Static, type TSchema } from "typebox";
import type { Fen } from "../../protocol/amounts.ts";
import { formatInstant } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { BatchId, ClaimId, FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type { Bilingual, Head } from "../../protocol/ports/views.ts";

/** Closed objects: an unknown field is an error, never ignored. */
export const closed = { additionalProperties: false } as const;

/** Patterns of the wire, named because refusals put them in words. */
export const patterns = {
  minorUnits: "^(0|[1-9][0-9]{0,19})$",
  currency: "^[A-Z]{3}$",
  digest: "^0x[0-9a-f]{64}$",
} as const;

export const MinorUnits = Type.String({
  pattern: patterns.minorUnits,
  description: "A whole number of minor units (fen for CNY), in decimal digits.",
  examples: ["100000"],
});
export const Currency = Type.String({
  pattern: patterns.currency,
  description: "ISO 4217.",
  examples: ["CNY"],
});
export const Money = Type.Object({ amount: MinorUnits, currency: Currency }, closed);
export const Digest = Type.String({ pattern: patterns.digest });
export const Hex = Type.String({ pattern: "^0x[0-9a-f]*$" });
export const Text = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) },
  closed,
);
export const Instant = Type.String({
  description: "RFC 3339 with +08:00, to the second.",
  examples: ["2019-09-16T08:00:00+08:00"],
});
export const CodeText = Type.String({
  minLength: 4,
  maxLength: 24,
  description: "A trace code, such as D002-6XQZ.",
});

export const AsOf = Type.Object(
  {
    chainId: Type.Integer(),
    ledger: Type.String(),
    block: Type.Integer(),
    hash: Digest,
    time: Instant,
    finality: Type.Union([Type.Literal("final"), Type.Literal("pending")]),
    finalityBlocks: Type.Optional(
      Type.Integer({ description: "On a chain outside: how many blocks stand on this one at least." }),
    ),
    demonstration: Type.Boolean({ description: "True where the books are an invented example." }),
  },
  closed,
);

export const Place = Type.Object(
  { block: Type.Integer(), time: Instant, transaction: Digest, logIndex: Type.Integer() },
  closed,
);

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), reason: Type.String() }, closed))),
});

/** An answer and the block that it is true of. */
export const answer = <Data extends TSchema>(data: Data) => Type.Object({ asOf: AsOf, data }, closed);

/** A page of a list; `next` is the cursor of the following page, absent on the last. */
export const pageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ asOf: AsOf, data: Type.Array(item), next: Type.Optional(Type.String()) }, closed);

export const PageQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(
      Type.String({ pattern: "^([1-9][0-9]?|100)$", description: "1 to 100; 50 unless given." }),
    ),
  },
  closed,
);

export const CodeParams = Type.Object({ code: CodeText }, closed);

export const money = (amount: Fen, currency: string): Static<typeof Money> => ({
  amount: amount.toString(),
  currency,
});

export const fundCode = (fund: FundId): string => encodeCode({ kind: "fund", fund });
export const programmeCode = (programme: ProgrammeId): string => encodeCode({ kind: "programme", programme });
export const claimCode = (claim: ClaimId): string => encodeCode({ kind: "claim", claim });
export const batchCode = (batch: BatchId): string => encodeCode({ kind: "batch", batch });
export const donationCode = (batch: BatchId, index: number): string =>
  encodeCode({ kind: "donation", batch, index });

export const bilingual = ({ zh, en }: Bilingual): Static<typeof Text> => ({ zh, en });

export const asOf = (head: Head): Static<typeof AsOf> => ({
  chainId: head.chainId,
  ledger: head.ledger,
  block: head.blockNumber,
  hash: head.blockHash,
  time: formatInstant(head.blockTime),
  finality: head.finality,
  ...(head.finalityBlocks === undefined ? {} : { finalityBlocks: head.finalityBlocks }),
  demonstration: head.demonstration,
});

export const place = (at: EventPlace): Static<typeof Place> => ({
  block: at.blockNumber,
  time: formatInstant(at.blockTime),
  transaction: at.transactionHash,
  logIndex: at.logIndex,
});
