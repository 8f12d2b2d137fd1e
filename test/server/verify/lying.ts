/** How lies are told: an answer of a node or a gateway changed in one place, and all else the truth. */
import { toHex, fromHex } from "../../../protocol/bytes.ts";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { bytes32, claimId } from "../../../protocol/ids.ts";
import type { Slice } from "../../../protocol/trace/types.ts";
import type { LedgerReader, Node } from "../../../protocol/verify/ports.ts";
import type { FailureKind } from "../../../protocol/verify/steps.ts";
import type { Question, Report } from "../../../protocol/verify/verify.ts";
import { at } from "../service.ts";

/** A gift that somebody lies about, and what an honest check found. */
export interface Told {
  readonly question: Question;
  readonly report: Report;
  /** Gifts in its batch. */
  readonly count: number;
}

export const otherClaim = encodeCode({ kind: "claim", claim: claimId(4_000_000) });
export const otherHash = bytes32(`0x${"ab".repeat(32)}`);

export type Lie = (question: Question) => Question;
/** Which gifts a lie fits. */
export type Fits = (told: Told) => boolean;

export const any: Fits = () => true;
export const has =
  (test: (slice: Slice) => boolean): Fits =>
  ({ report: { checked } }) =>
    checked?.slices.some(test) === true;
export const paid = has(({ place }) => place === "paid");
export const spent = has(({ place }) => place === "operatingSpent");
export const wasRecovered = has((slice) => slice.place !== "unallocated" && slice.via?.kind === "recovery");
export const wasMoved = has(
  (slice) => slice.place !== "unallocated" && slice.via?.kind === "move" && /Reserve|paid/.test(slice.place),
);
export const wasRefunded: Fits = ({ report: { checked } }) => (checked?.refunded ?? 0n) > 0n;

/** The ledger's answers changed in one place. */
export const ledgerLie =
  (change: (ledger: LedgerReader) => Partial<LedgerReader>): Lie =>
  (question) => {
    const ledgerAt: Node["ledgerAt"] = (...asked) => {
      const ledger = question.node.ledgerAt(...asked);
      return { ...ledger, ...change(ledger) };
    };
    return { ...question, node: { ...question.node, ledgerAt } };
  };

export const storedLie = (change: (stored: LedgerReader["stored"]) => Partial<LedgerReader["stored"]>): Lie =>
  ledgerLie(({ stored }) => ({ stored: { ...stored, ...change(stored) } }));

export const nodeLie =
  (change: (node: Node) => Partial<Node>): Lie =>
  (question) => ({ ...question, node: { ...question.node, ...change(question.node) } });

export type Batch = Awaited<ReturnType<LedgerReader["batchRecorded"]>>[number]["event"];
/** The event of the batch, changed. */
export const batchLie = (change: (event: Batch) => Partial<Batch>): Lie =>
  ledgerLie((ledger) => ({
    batchRecorded: async (batch) =>
      (await ledger.batchRecorded(batch)).map(({ blockNumber, event }) => ({
        blockNumber,
        event: { ...event, ...change(event) },
      })),
  }));

export interface Json {
  [name: string]: unknown;
}
export const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;
export const inside = (value: unknown, ...path: readonly (string | number)[]): Json => {
  const found = at(value, ...path);
  if (!isJson(found)) throw new RangeError(`nothing at ${path.join(".")}`);
  return found;
};
export const more = (amount: unknown): string => String(BigInt(String(amount)) + 1n);

/** The gateway's answer about the gift, changed in place. */
export const donationLie =
  (change: (data: Json) => void): Lie =>
  (question) => {
    const { gateway } = question;
    if (gateway === undefined) throw new RangeError("no gateway");
    const donation = async (code: string): Promise<unknown> => {
      const answer = await gateway.donation(code);
      change(inside(answer, "data"));
      return answer;
    };
    return { ...question, gateway: { ...gateway, donation } };
  };

/** The gateway's pages of the trace, changed in place. */
export const traceLie =
  (change: (slices: Json[], data: Json) => void): Lie =>
  (question) => {
    const { gateway } = question;
    if (gateway === undefined) throw new RangeError("no gateway");
    const trace = async (code: string, cursor: string | undefined): Promise<unknown> => {
      const answer = await gateway.trace(code, cursor);
      const data = inside(answer, "data");
      const slices = Array.isArray(data["slices"]) ? data["slices"].filter(isJson) : [];
      change(slices, data);
      data["slices"] = slices;
      return answer;
    };
    return { ...question, gateway: { ...gateway, trace } };
  };

export const asOfLie =
  (change: (asOf: Json) => void): Lie =>
  (question) => {
    const { gateway } = question;
    if (gateway === undefined) throw new RangeError("no gateway");
    const changed = async (answer: Promise<unknown>): Promise<unknown> => {
      const said = await answer;
      change(inside(said, "asOf"));
      return said;
    };
    return {
      ...question,
      gateway: {
        donation: (code) => changed(gateway.donation(code)),
        trace: (code, cursor) => changed(gateway.trace(code, cursor)),
      },
    };
  };

export const first = (slices: readonly Json[], test: (slice: Json) => boolean): Json => {
  const found = slices.find(test);
  if (found === undefined) throw new RangeError("no such slice");
  return found;
};
export const isPaid = (slice: Json): boolean => slice["place"] === "paid";
export const drop = (slices: Json[], slice: Json): void => void slices.splice(slices.indexOf(slice), 1);

/** The file, with a member of its JSON changed. */
export const fileLie =
  (change: (file: Json) => void): Lie =>
  (question) => {
    const file: unknown = JSON.parse(question.file);
    change(inside(file));
    return { ...question, file: JSON.stringify(file) };
  };

/** Leaves of the event: 40 bytes each. */
export const leaf = (leaves: Uint8Array, index: number): Uint8Array =>
  leaves.subarray(index * 40, index * 40 + 40);
export const withLeaves = (
  leaves: Uint8Array,
  change: (hex: readonly string[]) => readonly string[],
): Uint8Array => {
  const parts = Array.from({ length: leaves.length / 40 }, (_, index) => toHex(leaf(leaves, index)).slice(2));
  return fromHex(`0x${change(parts).join("")}`);
};

export const both =
  (one: Fits, other: Fits): Fits =>
  (told) =>
    one(told) && other(told);

export type Lies = readonly (readonly [name: string, kind: FailureKind, fits: Fits, lie: Lie])[];

/** A gift of a batch of three or more: its path has siblings. */
export const several: Fits = ({ count }) => count > 2;
