/**
 * Reads a receipt or a proof, strictly: every member is there, none is unknown, each is in its one form, and the text
 * is the canonical one. All faults are named, each with its place, never with the value found there.
 */
import { fen, largestAmountFen, largestPosition, position } from "../amounts.ts";
import { utf8 } from "../bytes.ts";
import { parseOccurredAt } from "../calendar.ts";
import { encodeCode } from "../codes/code.ts";
import { channelId } from "../donations/channel.ts";
import { transactionNumberOf } from "../donations/commitment.ts";
import type { Leaf } from "../donations/leaves.ts";
import { maxLeaves } from "../donations/leaves.ts";
import { proofLength } from "../donations/merkle-sum.ts";
import type { TreeNode } from "../donations/merkle-sum.ts";
import { address, batchId, bytes32, fundId } from "../ids.ts";
import type { Address, Bytes32 } from "../ids.ts";
import { proofFormat, receiptFormat, receiptLimitBytes, receiptVersion } from "./types.ts";
import type { DonationPlace, DonationProof, NotedHead, Opening, Receipt, ReceiptHead } from "./types.ts";
import { receiptText, proofText } from "./write.ts";

export const receiptFaults = [
  /** More than 5 KiB: no receipt is. */
  "tooLong",
  "notJson",
  /** Not an object, or none of the two formats. */
  "notAReceipt",
  /** A version of the format that this reader does not know. */
  "otherVersion",
  "missing",
  /** A member that the format does not have. */
  "unknown",
  /** Not in the form that the member has. */
  "malformed",
  /** Another code than batch and index have. */
  "otherCode",
  /** Not inside the batch. */
  "outside",
  /** Not as many siblings as (index, count) asks for. */
  "proofLength",
  /** The same content in another text: spaces, order, a name twice, other escapes. */
  "notCanonical",
] as const;
export type ReceiptFault = (typeof receiptFaults)[number];

export interface FoundFault {
  readonly fault: ReceiptFault;
  /** Such as `batch.root` or `siblings.2.sum`; empty for the whole. */
  readonly at: string;
}

export type ReadReceipt =
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "proof"; readonly proof: DonationProof }
  | { readonly kind: "faulty"; readonly faults: readonly FoundFault[] };

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Members of one object, taken one by one; what was not taken in the end is unknown. */
class Taker {
  readonly members: Members;
  readonly path: string;
  readonly faults: FoundFault[];
  readonly taken = new Set<string>();
  constructor(members: Members, at: string, faults: FoundFault[]) {
    this.members = members;
    this.path = at;
    this.faults = faults;
  }

  at(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }

  fault(name: string, fault: ReceiptFault): undefined {
    this.faults.push({ fault, at: this.at(name) });
    return undefined;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.members, name);
  }

  /** What `read` makes of a member; undefined, and a fault, where it is missing or `read` throws. */
  take<Value>(name: string, read: (value: unknown) => Value): Value | undefined {
    this.taken.add(name);
    if (!this.has(name)) return this.fault(name, "missing");
    try {
      return read(this.members[name]);
    } catch {
      return this.fault(name, "malformed");
    }
  }

  inner(name: string): Taker | undefined {
    const members = this.take(name, (value) => {
      if (!isMembers(value)) throw new TypeError("not an object");
      return value;
    });
    return members === undefined ? undefined : new Taker(members, this.at(name), this.faults);
  }

  /** One of a list's objects. */
  item(name: string, index: number, value: unknown): Taker | undefined {
    if (isMembers(value)) return new Taker(value, this.at(`${name}.${index}`), this.faults);
    return this.fault(`${name}.${index}`, "malformed");
  }

  end(): void {
    for (const name of Object.keys(this.members)) if (!this.taken.has(name)) this.fault(name, "unknown");
  }
}

const whole =
  (least: number, most: number) =>
  (value: unknown): number => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      throw new RangeError("out of range");
    }
    return value;
  };

const digits =
  (least: bigint, most: bigint) =>
  (value: unknown): bigint => {
    const number = typeof value === "string" && /^(0|[1-9][0-9]{0,28})$/.test(value) ? BigInt(value) : -1n;
    if (number < least || number > most) throw new RangeError("out of range");
    return number;
  };

const text = (value: unknown): string => {
  if (typeof value !== "string") throw new TypeError("not a text");
  return value;
};

/** Hexadecimal in its one form, lower case. */
const lowerCase = <Value extends string>(read: (value: string) => Value, value: unknown): Value => {
  const given = text(value);
  const made = read(given);
  if (made !== given) throw new TypeError("not normal");
  return made;
};
const digest = (value: unknown): Bytes32 => lowerCase(bytes32, value);
const account = (value: unknown): Address => lowerCase(address, value);

const amount = digits(1n, largestAmountFen);
const u32 = 0xffff_ffff;
const id = whole(1, u32);
const time = whole(0, Number.MAX_SAFE_INTEGER);

const readBatch = (taker: Taker | undefined): DonationPlace["batch"] | undefined => {
  if (taker === undefined) return undefined;
  const batch = taker.take("batch", id);
  const fund = taker.take("fund", id);
  const startsAt = taker.take("startsAt", digits(0n, largestPosition));
  const count = taker.take("count", whole(1, maxLeaves));
  const sum = taker.take("sum", amount);
  const root = taker.take("root", digest);
  taker.end();
  if (batch === undefined || fund === undefined || startsAt === undefined) return undefined;
  if (count === undefined || sum === undefined || root === undefined) return undefined;
  return {
    batch: batchId(batch),
    fund: fundId(fund),
    startsAt: position(startsAt),
    count,
    sum: fen(sum),
    root,
  };
};

const readPlace = (taker: Taker | undefined): DonationPlace["place"] | undefined => {
  if (taker === undefined) return undefined;
  const chainId = taker.take("chainId", whole(1, Number.MAX_SAFE_INTEGER));
  const ledger = taker.take("ledger", account);
  const lens = taker.take("lens", account);
  taker.end();
  return chainId === undefined || ledger === undefined || lens === undefined
    ? undefined
    : { chainId, ledger, lens };
};

const readHead = (taker: Taker | undefined): ReceiptHead | undefined => {
  if (taker === undefined) return undefined;
  const number = taker.take("number", time);
  const hash = taker.take("hash", digest);
  const at = taker.take("time", time);
  taker.end();
  return number === undefined || hash === undefined || at === undefined
    ? undefined
    : { number, hash, time: at };
};

const readNote = (taker: Taker | undefined): NotedHead | undefined => {
  if (taker === undefined) return undefined;
  const number = taker.take("number", time);
  const hash = taker.take("hash", digest);
  taker.end();
  return number === undefined || hash === undefined ? undefined : { number, hash };
};

const readSiblings = (taker: Taker): readonly TreeNode[] | undefined => {
  const list = taker.take("siblings", (value): readonly unknown[] => {
    if (!Array.isArray(value) || value.length > 32) throw new TypeError("not a list");
    return value;
  });
  if (list === undefined) return undefined;
  const nodes = list.flatMap((value, index) => {
    const node = taker.item("siblings", index, value);
    const hash = node?.take("hash", digest);
    const sum = node?.take("sum", amount);
    node?.end();
    return hash === undefined || sum === undefined ? [] : [{ hash, sum: fen(sum) }];
  });
  return nodes.length === list.length ? nodes : undefined;
};

/** The members that a receipt and a proof share. */
const readDonation = (taker: Taker): DonationPlace | undefined => {
  const place = readPlace(taker.inner("chain"));
  const batch = readBatch(taker.inner("batch"));
  const index = taker.take("index", whole(0, maxLeaves - 1));
  const siblings = readSiblings(taker);
  const head = readHead(taker.inner("head"));
  const noted = taker.has("notedHead") ? readNote(taker.inner("notedHead")) : undefined;
  const code = taker.take("code", text);
  if (place === undefined || batch === undefined || index === undefined) return undefined;
  if (siblings === undefined || head === undefined) return undefined;
  if (code !== undefined && code !== encodeCode({ kind: "donation", batch: batch.batch, index })) {
    taker.fault("code", "otherCode");
  }
  if (index >= batch.count) taker.fault("index", "outside");
  else if (siblings.length !== proofLength(index, batch.count)) taker.fault("siblings", "proofLength");
  return { place, batch, index, siblings, head, ...(noted === undefined ? {} : { notedHead: noted }) };
};

/** In normal form already: what the commitment was made of. */
const normal =
  (read: (value: string) => string) =>
  (value: unknown): string => {
    const given = text(value);
    if (read(given) !== given) throw new TypeError("not normal");
    return given;
  };

const readOpening = (taker: Taker | undefined): Opening | undefined => {
  if (taker === undefined) return undefined;
  const salt = taker.take("salt", digest);
  const given = taker.take("amount", (value) => amount(value).toString());
  const channel = taker.take("channel", normal(channelId));
  const occurredAt = taker.take(
    "occurredAt",
    normal((value) => parseOccurredAt(value).text),
  );
  const transactionNumber = taker.take("transactionNumber", normal(transactionNumberOf));
  taker.end();
  if (salt === undefined || given === undefined || channel === undefined) return undefined;
  if (occurredAt === undefined || transactionNumber === undefined) return undefined;
  return { salt, payload: { amount: given, channel, occurredAt, transactionNumber } };
};

const readLeaf = (taker: Taker | undefined): Leaf | undefined => {
  if (taker === undefined) return undefined;
  const given = taker.take("amount", amount);
  const commitment = taker.take("commitment", digest);
  taker.end();
  return given === undefined || commitment === undefined ? undefined : { amount: fen(given), commitment };
};

const faulty = (fault: ReceiptFault, at = ""): ReadReceipt => ({ kind: "faulty", faults: [{ fault, at }] });

/** What `text` says where it is the canonical text of that. */
const canonical = (given: string, made: string, read: ReadReceipt): ReadReceipt =>
  made === given ? read : faulty("notCanonical");

const readMembers = (given: string, members: Members): ReadReceipt => {
  const faults: FoundFault[] = [];
  const taker = new Taker(members, "", faults);
  const format = taker.take("format", text);
  if (format !== receiptFormat && format !== proofFormat) return faulty("notAReceipt", "format");
  const version = taker.take("version", (value) => value);
  if (version !== receiptVersion) return faulty("otherVersion", "version");
  const place = readDonation(taker);
  const opening = format === receiptFormat ? readOpening(taker.inner("opening")) : undefined;
  const leaf = format === proofFormat ? readLeaf(taker.inner("leaf")) : undefined;
  taker.end();
  if (faults.length > 0 || place === undefined) return { kind: "faulty", faults };
  if (opening !== undefined) {
    const receipt = { ...place, opening };
    return canonical(given, receiptText(receipt), { kind: "receipt", receipt });
  }
  if (leaf === undefined) return faulty("notAReceipt");
  const proof = { ...place, leaf };
  return canonical(given, proofText(proof), { kind: "proof", proof });
};

/** Reads the text of a file. Nothing is mended. Throws nothing. */
export const readReceipt = (given: string): ReadReceipt => {
  if (given.length > receiptLimitBytes || utf8(given).length > receiptLimitBytes) return faulty("tooLong");
  let value: unknown;
  try {
    value = JSON.parse(given);
  } catch {
    return faulty("notJson");
  }
  return isMembers(value) ? readMembers(given, value) : faulty("notAReceipt");
};
