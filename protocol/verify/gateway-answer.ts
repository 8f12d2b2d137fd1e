/** The gateway's answers about a donation, read as far as a check compares them. */
import { fen, position, type Fen, type Position } from "../amounts.ts";
import { parseCode, type Code } from "../codes/code.ts";
import { bytes32, expenseId, moveId, payoutId, recoveryId, type Bytes32 } from "../ids.ts";
import type { ClaimId, ExpenseId, PayoutId, ProgrammeId } from "../ids.ts";
import type { NotedHead } from "../receipt/types.ts";
import { places, type Hop, type Place } from "../trace/types.ts";
import type { GatewayReader } from "./ports.ts";
import { Failed, Unanswered } from "./steps.ts";

export interface SaidSlice {
  readonly place: Place;
  readonly amount: Fen;
  readonly lineStart: Position;
  readonly allocation?: number;
  readonly programme?: ProgrammeId;
  readonly claim?: ClaimId;
  readonly payout?: PayoutId;
  readonly expense?: ExpenseId;
  readonly hops: number;
  readonly via?: Hop;
}

export interface SaidRefund {
  readonly refund: number;
  readonly start: Position;
  readonly amount: Fen;
}

/** What the gateway says of a donation, all of one block. */
export interface Said {
  readonly head: NotedHead;
  readonly amount: Fen;
  readonly commitment: Bytes32;
  readonly start: Position;
  readonly end: Position;
  readonly claimsShareBps: number;
  readonly claimsShare: Fen;
  readonly batch: {
    readonly batch: number;
    readonly fund: number;
    readonly startsAt: Position;
    readonly count: number;
    readonly sum: Fen;
    readonly root: Bytes32;
  };
  readonly refunds: readonly SaidRefund[];
  readonly totals: Readonly<Record<Place | "total", Fen>>;
  readonly slices: readonly SaidSlice[];
}

type Members = Readonly<Record<string, unknown>>;

const members = (value: unknown): Members => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("not an object");
  return { ...value };
};
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new TypeError("not a list");
  return value;
};
const text = (value: unknown): string => {
  if (typeof value !== "string") throw new TypeError("not a text");
  return value;
};
const whole = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw new TypeError("not a number");
  return value;
};
const amount = (value: unknown): Fen => {
  if (!/^[0-9]{1,29}$/.test(text(value))) throw new TypeError("no amount");
  return fen(BigInt(text(value)));
};
const place = (value: unknown): Position => position(amount(value));
const money = (value: unknown): Fen => amount(members(value)["amount"]);
const hash = (value: unknown): Bytes32 => bytes32(text(value));

const code = <Kind extends Code["kind"]>(kind: Kind, value: unknown): Extract<Code, { kind: Kind }> => {
  const parsed = parseCode(text(value));
  const isKind = (read: Code): read is Extract<Code, { kind: Kind }> => read.kind === kind;
  if (!parsed.ok || !isKind(parsed.code)) throw new TypeError("another code");
  return parsed.code;
};

const readHop = (value: unknown): Hop => {
  const { kind, recovery, move } = members(value);
  if (kind === "recovery") return { kind, recovery: recoveryId(whole(recovery)) };
  if (kind === "move") return { kind, move: moveId(whole(move)) };
  throw new TypeError("neither recovery nor move");
};

const readSlice = (value: unknown): SaidSlice => {
  const slice = members(value);
  const where = places.find((known) => known === slice["place"]);
  if (where === undefined) throw new TypeError("no such place");
  const { allocation, programme, claim, payout, expense, hops, via } = slice;
  return {
    place: where,
    amount: amount(slice["amountFen"]),
    lineStart: place(slice["lineStart"]),
    hops: hops === undefined ? 0 : whole(hops),
    ...(allocation === undefined ? {} : { allocation: whole(allocation) }),
    ...(programme === undefined ? {} : { programme: code("programme", programme).programme }),
    ...(claim === undefined ? {} : { claim: code("claim", claim).claim }),
    ...(payout === undefined ? {} : { payout: payoutId(whole(payout)) }),
    ...(expense === undefined ? {} : { expense: expenseId(whole(expense)) }),
    ...(via === undefined ? {} : { via: readHop(via) }),
  };
};

const readRefund = (value: unknown): SaidRefund => {
  const { refund, fundStart, amount: repaid } = members(value);
  return { refund: whole(refund), start: place(fundStart), amount: money(repaid) };
};

const headOf = (answer: Members): NotedHead => {
  const { block, hash: blockHash } = members(answer["asOf"]);
  return { number: whole(block), hash: hash(blockHash) };
};

const readDonation = (data: Members): Omit<Said, "head" | "totals" | "slices"> => {
  const batch = members(data["batch"]);
  return {
    amount: money(data["amount"]),
    commitment: hash(data["commitment"]),
    start: place(data["start"]),
    end: place(data["end"]),
    claimsShareBps: whole(data["claimsShareBps"]),
    claimsShare: money(data["claimsShare"]),
    batch: {
      batch: code("batch", batch["code"]).batch,
      fund: code("fund", batch["fund"]).fund,
      startsAt: place(batch["startsAt"]),
      count: whole(batch["count"]),
      sum: amount(batch["sumFen"]),
      root: hash(batch["root"]),
    },
    refunds: list(data["refunds"]).map(readRefund),
  };
};

const readTotals = (value: unknown): Said["totals"] => {
  const totals = members(value);
  return {
    total: money(totals["total"]),
    unallocated: money(totals["unallocated"]),
    paid: money(totals["paid"]),
    inReserve: money(totals["inReserve"]),
    operatingSpent: money(totals["operatingSpent"]),
    operatingUnspent: money(totals["operatingUnspent"]),
  };
};

/** Answers of unlike blocks say nothing of one moment. */
class Moved extends Error {}

const rereads = 4;
const mostPages = 40;

const readTrace = async (
  donation: string,
  head: NotedHead,
  gateway: GatewayReader,
): Promise<Pick<Said, "totals" | "slices">> => {
  const slices: SaidSlice[] = [];
  let totals: Said["totals"] | undefined;
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = members(await gateway.trace(donation, cursor));
    if (headOf(answer).hash !== head.hash) throw new Moved();
    const data = members(answer["data"]);
    totals ??= readTotals(data["partition"]);
    slices.push(...list(data["slices"]).map(readSlice));
    if (data["next"] === undefined) return { totals, slices };
    cursor = text(data["next"]);
  }
  throw new Unanswered("tooMany", `${slices.length}`);
};

const readOnce = async (donation: string, gateway: GatewayReader): Promise<Said> => {
  const given = await gateway.donation(donation);
  if (given === undefined) throw new Failed("gatewayUnknownGift", { code: donation });
  const answer = members(given);
  const head = headOf(answer);
  const rest = await readTrace(donation, head, gateway);
  return { head, ...readDonation(members(answer["data"])), ...rest };
};

/** All that the gateway says, of one block. Throws {@link Failed} where it knows no such gift, and Unanswered. */
export const readGateway = async (donation: string, gateway: GatewayReader): Promise<Said> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(donation, gateway);
    } catch (error) {
      if (error instanceof Failed || error instanceof Unanswered) throw error;
      if (!(error instanceof Moved))
        throw new Unanswered("garbled", error instanceof Error ? error.message : "");
      if (attempt === rereads) throw new Unanswered("moving");
    }
  }
};
