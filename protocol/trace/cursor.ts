/**
 * Cursors say where the next page begins, in positions alone, so that any gateway can go on from another's page.
 * A trace of a fund: `t1.<lane>.<fund position>.<line position>`; sources: `s1.<reserve position>`. Both mean the place
 * where fen stand before any recovery or move; a page follows these again. Only where a page told nothing because the
 * way is longer than a page, `.<programme>.<start>.<length>.<hops>` is added: how far it came.
 */
import { fen, largestPosition, position } from "../amounts.ts";
import type { Position } from "../amounts.ts";
import { programmeId } from "../ids.ts";
import { intervalOf, lengthOf } from "../lines/interval.ts";
import { InvalidCursor } from "../ports/read.ts";
import { maxHops } from "./limits.ts";
import type { Deep } from "./walk.ts";

/** The two lines that an allocation feeds, in the order in which a trace walks them. */
export type Lane = "claims" | "operations";

export interface TracePoint {
  /** The first fund position of the allocation (or of the traced interval in it) that is not told to its end. */
  readonly fund: Position;
  readonly lane: Lane;
  /** Where on the line of the allocation's programme to go on; undefined for the first position of the lane. */
  readonly line?: Position;
  /** Where the fen from `line` on were followed to. */
  readonly deep?: Deep;
}

export interface SourcesPoint {
  readonly reserve: Position;
  readonly deep?: Deep;
}

const number = "(0|[1-9][0-9]{0,28})";
const deepPart = `(?:\\.${number}\\.${number}\\.${number}\\.${number})?`;
const tracePattern = new RegExp(`^t1\\.([co])\\.${number}\\.(?:${number}${deepPart})?$`);
const sourcesPattern = new RegExp(`^s1\\.${number}${deepPart}$`);

const readPosition = (cursor: string, digits: string | undefined): Position => {
  if (digits === undefined) throw new InvalidCursor(cursor);
  const value = BigInt(digits);
  if (value > largestPosition) throw new InvalidCursor(cursor);
  return position(value);
};

/** Only a page that followed as many hops as it may is continued in the middle of a way. */
const readDeep = (cursor: string, parts: readonly (string | undefined)[]): { readonly deep?: Deep } => {
  if (parts[0] === undefined) return {};
  const [programme = 0n, start = 0n, length = 0n, hops = 0n] = parts.map((part) =>
    readPosition(cursor, part),
  );
  const isId = programme >= 1n && programme <= 0xffff_ffffn;
  const isDeep = hops >= BigInt(maxHops) && hops <= BigInt(Number.MAX_SAFE_INTEGER);
  if (!isId || !isDeep || length === 0n || start + length > largestPosition) throw new InvalidCursor(cursor);
  const interval = intervalOf(position(start), fen(length));
  return { deep: { programme: programmeId(programme), interval, hops: Number(hops) } };
};

const writeDeep = (deep: Deep | undefined): string =>
  deep === undefined
    ? ""
    : `.${deep.programme}.${deep.interval.start}.${lengthOf(deep.interval)}.${deep.hops}`;

export const encodeTraceCursor = ({ lane, fund, line, deep }: TracePoint): string =>
  `t1.${lane === "claims" ? "c" : "o"}.${fund}.${line ?? ""}${writeDeep(deep)}`;

/** Throws {@link InvalidCursor}. */
export const decodeTraceCursor = (cursor: string): TracePoint => {
  const match = tracePattern.exec(cursor);
  if (match === null) throw new InvalidCursor(cursor);
  const [, lane, fund, line, ...deep] = match;
  return {
    fund: readPosition(cursor, fund),
    lane: lane === "c" ? "claims" : "operations",
    ...(line === undefined ? {} : { line: readPosition(cursor, line) }),
    ...readDeep(cursor, deep),
  };
};

export const encodeSourcesCursor = ({ reserve, deep }: SourcesPoint): string =>
  `s1.${reserve}${writeDeep(deep)}`;

/** Throws {@link InvalidCursor}. */
export const decodeSourcesCursor = (cursor: string): SourcesPoint => {
  const match = sourcesPattern.exec(cursor);
  if (match === null) throw new InvalidCursor(cursor);
  const [, reserve, ...deep] = match;
  return { reserve: readPosition(cursor, reserve), ...readDeep(cursor, deep) };
};
