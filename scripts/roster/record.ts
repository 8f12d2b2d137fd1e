/** roster.json: what a roster shows to everyone. No member of it tells one person from another. */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { formatInstant } from "../../protocol/calendar.ts";
import { encodeCode, parseCode } from "../../protocol/codes/code.ts";
import { bytes32, periodNumber } from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import { maxRosterLeaves } from "../../protocol/rosters/tree.ts";
import type { Validity } from "../../protocol/rosters/validity.ts";

export const recordFile = "roster.json";
export const openingsFile = "openings.bin";

const closed = { additionalProperties: false } as const;
const Digest = Type.String({ pattern: "^0x[0-9a-f]{64}$" });
const Number32 = Type.Integer({ minimum: 1, maximum: 0xffff_ffff });
const Count = Type.Integer({ minimum: 1, maximum: maxRosterLeaves });

const RecordSchema = Type.Object(
  {
    format: Type.Literal("everyfen roster 1"),
    programme: Type.String(),
    period: Number32,
    root: Digest,
    /** Leaves: insured persons times validities. */
    count: Count,
    people: Count,
    premiumPerHead: Type.String({ pattern: "^[0-9]+$" }),
    currency: Type.Literal("CNY"),
    denominator: Number32,
    validity: Type.Object({ from: Type.String(), to: Type.String() }, closed),
    openings: Type.Object({ file: Type.Literal(openingsFile), sha256: Digest }, closed),
  },
  closed,
);
export type RosterRecord = Static<typeof RecordSchema>;

export interface RosterFigures {
  readonly of: RosterPeriod;
  readonly root: Bytes32;
  readonly count: number;
  readonly people: number;
  readonly premiumPerHead: bigint;
  readonly denominator: number;
  /** From the first moment that any row insures to the end of the last. */
  readonly validity: Validity;
  /** sha256 in hexadecimal. */
  readonly openingsDigest: string;
}

export const recordOf = (figures: RosterFigures): RosterRecord => ({
  format: "everyfen roster 1",
  programme: encodeCode({ kind: "programme", programme: figures.of.programme }),
  period: figures.of.period,
  root: figures.root,
  count: figures.count,
  people: figures.people,
  premiumPerHead: figures.premiumPerHead.toString(),
  currency: "CNY",
  denominator: figures.denominator,
  validity: { from: formatInstant(figures.validity.from), to: formatInstant(figures.validity.to) },
  openings: { file: openingsFile, sha256: `0x${figures.openingsDigest}` },
});

export class InvalidRosterRecord extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`${path}: is no roster.json of this format; restore it from its backup`);
    this.name = "InvalidRosterRecord";
    this.path = path;
  }
}

export interface ReadRecord {
  readonly of: RosterPeriod;
  readonly root: Bytes32;
  readonly count: number;
  readonly openingsDigest: string;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads a roster.json. Throws {@link InvalidRosterRecord}. */
export const readRecord = (path: string, text: string): ReadRecord => {
  const value = parsed(text);
  if (!Value.Check(RecordSchema, value)) throw new InvalidRosterRecord(path);
  const code = parseCode(value.programme);
  if (!code.ok || code.code.kind !== "programme") throw new InvalidRosterRecord(path);
  return {
    of: { programme: code.code.programme, period: periodNumber(value.period) },
    root: bytes32(value.root),
    count: value.count,
    openingsDigest: value.openings.sha256.slice(2),
  };
};
