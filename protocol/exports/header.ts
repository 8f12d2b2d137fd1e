/**
 * The head of an export: what the file holds, of which chain and block, how many rows, and two digests. `digest` is the
 * sha256 of every byte behind the head; `seal` is the sha256 of the RFC 8785 text of all other members, `digest` among
 * them, so that one value names the whole file.
 */
import { formatInstant, parseOccurredAt } from "../calendar.ts";
import { address, bytes32 } from "../ids.ts";
import type { Address, Bytes32 } from "../ids.ts";
import { documentDigest } from "../json.ts";
import type { UnixSeconds } from "../ledger/events.ts";

const exportFormat = "everyfen-export";
const exportVersion = 1;
/** All times of an export are RFC 3339 with +08:00. */
const exportTimeZone = "Asia/Shanghai";

const exportKinds = [
  "ledger",
  "donations",
  "allocations",
  "claims",
  "payouts",
  "periods",
  "queue",
  "insurer-statement",
] as const;
export type ExportKind = (typeof exportKinds)[number];

/** What is known before the rows are. */
export interface ExportFacts {
  readonly kind: ExportKind;
  readonly chainId: number;
  readonly ledger: Address;
  readonly lens: Address;
  /** Hash of block 0. */
  readonly genesis: Bytes32;
  /** Blocks that the rows are of, both inclusive. */
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly toBlockHash: Bytes32;
  readonly toBlockTime: UnixSeconds;
  /** True where the books are an invented example. */
  readonly demonstration: boolean;
  /** The code of the fund or programme that the rows are of. */
  readonly subject?: string;
  readonly currency?: string;
  /** Of a money line: the balance before the first row and behind the last, in major units. */
  readonly opening?: string;
  readonly closing?: string;
}

export interface ExportHeader extends ExportFacts {
  readonly rowCount: number;
  readonly digest: Bytes32;
  readonly seal: Bytes32;
}

export type HeaderValue = string | number | boolean;
export type HeaderMembers = Readonly<Record<string, HeaderValue>>;

const whole = (value: HeaderValue): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new RangeError("a number");
  return value;
};
const text = (value: HeaderValue): string => {
  if (typeof value !== "string" || !/^[ -~]{1,100}$/.test(value)) throw new RangeError("a text");
  return value;
};
const exactly =
  <Value extends HeaderValue>(expected: Value) =>
  (value: HeaderValue): Value => {
    if (value !== expected) throw new RangeError(`expected ${String(expected)}`);
    return expected;
  };
const truth = (value: HeaderValue): boolean => {
  if (typeof value !== "boolean") throw new RangeError("true or false");
  return value;
};
const kindOf = (value: HeaderValue): ExportKind => {
  const kind = exportKinds.find((each) => each === value);
  if (kind === undefined) throw new RangeError("a kind");
  return kind;
};
const instant = (value: HeaderValue): UnixSeconds => {
  const read = parseOccurredAt(text(value));
  if (read.precision !== "second") throw new RangeError("a time");
  return read.instant;
};

/** The members in the order in which they are written. */
const memberNames = [
  "format",
  "version",
  "kind",
  "chainId",
  "ledger",
  "lens",
  "genesis",
  "subject",
  "currency",
  "fromBlock",
  "toBlock",
  "toBlockHash",
  "toBlockTime",
  "timeZone",
  "demonstration",
  "opening",
  "closing",
  "rowCount",
  "digest",
  "seal",
] as const;
type MemberName = (typeof memberNames)[number];
const optional: ReadonlySet<string> = new Set(["subject", "currency", "opening", "closing"]);
const numbers: ReadonlySet<string> = new Set(["version", "chainId", "fromBlock", "toBlock", "rowCount"]);

/** The head is not one, or not of this version. */
export class UnreadableHeader extends Error {
  readonly member: string;
  constructor(member: string, reason: string) {
    super(`${member}: ${reason}`);
    this.name = "UnreadableHeader";
    this.member = member;
  }
}

const membersOf = (facts: ExportFacts & Partial<ExportHeader>): HeaderMembers => ({
  ...facts,
  format: exportFormat,
  version: exportVersion,
  toBlockTime: formatInstant(facts.toBlockTime),
  timeZone: exportTimeZone,
});

const sealOf = (members: HeaderMembers): Bytes32 => {
  const { seal: _seal, ...rest } = members;
  return documentDigest(rest);
};

/** Closes the head over the rows that were counted and digested. */
export const sealedHeader = (facts: ExportFacts, rowCount: number, digest: Bytes32): ExportHeader => ({
  ...facts,
  rowCount,
  digest,
  seal: sealOf(membersOf({ ...facts, rowCount, digest })),
});

const ordered = (header: ExportHeader): readonly (readonly [string, HeaderValue])[] => {
  const members = membersOf(header);
  return memberNames.flatMap((name) => {
    const value = members[name];
    return value === undefined ? [] : [[name, value] as const];
  });
};

/** The first line of NDJSON. */
export const headerLine = (header: ExportHeader): string =>
  `${JSON.stringify(Object.fromEntries(ordered(header)))}\n`;

/** The comment lines before the column names of CSV. */
export const headerComments = (header: ExportHeader): string =>
  ordered(header)
    .map(([name, value]) => `# ${name}: ${String(value)}\r\n`)
    .join("");

/** Members of comment lines, each without its line end. Throws {@link UnreadableHeader}. */
export const membersOfComments = (lines: readonly string[]): HeaderMembers =>
  Object.fromEntries(
    lines.map((line) => {
      const found = /^# ([a-zA-Z]+): (.*)$/.exec(line);
      const [, name, value] = found ?? [];
      if (name === undefined || value === undefined) {
        throw new UnreadableHeader(line.slice(0, 40), "expected `# name: value`");
      }
      if (numbers.has(name)) return [name, /^\d{1,15}$/.test(value) ? Number(value) : value];
      return [name, name === "demonstration" ? value === "true" : value];
    }),
  );

/** Members of the first line of NDJSON. Throws {@link UnreadableHeader}. */
export const membersOfLine = (line: string): HeaderMembers => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UnreadableHeader("first line", "is not JSON");
  }
  const members: Record<string, HeaderValue> = {};
  for (const [name, member] of Object.entries(Object(value))) {
    if (typeof member !== "string" && typeof member !== "number" && typeof member !== "boolean") {
      throw new UnreadableHeader(name, "expected a text, a number, true or false");
    }
    members[name] = member;
  }
  return members;
};

/** Reads every member strictly. Throws {@link UnreadableHeader}, which names the member. */
export const readHeader = (members: HeaderMembers): ExportHeader => {
  const take = <Value>(name: MemberName, read: (value: HeaderValue) => Value): Value => {
    const value = members[name];
    if (value === undefined) throw new UnreadableHeader(name, "is missing");
    try {
      return read(value);
    } catch (error) {
      throw new UnreadableHeader(name, error instanceof Error ? error.message : String(error));
    }
  };
  for (const name of Object.keys(members)) {
    if (!memberNames.some((known) => known === name)) throw new UnreadableHeader(name, "is not known");
  }
  take("format", exactly(exportFormat));
  take("version", exactly(exportVersion));
  take("timeZone", exactly(exportTimeZone));
  const present = (name: MemberName) =>
    optional.has(name) && members[name] !== undefined ? { [name]: take(name, text) } : {};
  return {
    kind: take("kind", kindOf),
    chainId: take("chainId", whole),
    ledger: take("ledger", (value) => address(text(value))),
    lens: take("lens", (value) => address(text(value))),
    genesis: take("genesis", (value) => bytes32(text(value))),
    ...present("subject"),
    ...present("currency"),
    fromBlock: take("fromBlock", whole),
    toBlock: take("toBlock", whole),
    toBlockHash: take("toBlockHash", (value) => bytes32(text(value))),
    toBlockTime: take("toBlockTime", instant),
    demonstration: take("demonstration", truth),
    ...present("opening"),
    ...present("closing"),
    rowCount: take("rowCount", whole),
    digest: take("digest", (value) => bytes32(text(value))),
    seal: take("seal", (value) => bytes32(text(value))),
  };
};

/** Whether the head is as it was sealed. */
export const isSealed = (members: HeaderMembers): boolean => sealOf(members) === members["seal"];
