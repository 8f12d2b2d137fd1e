/** Headers of blocks: that each is what its hash says, and that it follows the one before. */
import { isBloom } from "../../chain/bloom.ts";
import { headerHash } from "../../chain/header.ts";
import { quantity } from "../../chain/light/logs.ts";
import type { Check } from "../../protocol/audit/check.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { hashOf, listOf, membersOf, NodeFailure, numberOf, type Ask } from "./node.ts";

export interface Header {
  readonly number: number;
  readonly hash: Bytes32;
  readonly parentHash: Bytes32;
  readonly time: UnixSeconds;
  readonly bloom?: `0x${string}`;
  readonly receiptsRoot: Bytes32;
  readonly transactions: readonly Bytes32[];
  /** Whether its fields give its hash. */
  readonly isHashed: boolean;
}

const method = "eth_getBlockByNumber";

const readHeader = (answer: unknown): Header => {
  const block = membersOf(answer, method);
  const bloom = block["logsBloom"];
  const hash = hashOf(block["hash"], method);
  return {
    number: numberOf(block["number"], method),
    hash,
    parentHash: hashOf(block["parentHash"], method),
    time: numberOf(block["timestamp"], method),
    ...(isBloom(bloom) ? { bloom } : {}),
    receiptsRoot: hashOf(block["receiptsRoot"], method),
    transactions: listOf(block["transactions"], method).map((transaction) => hashOf(transaction, method)),
    isHashed: headerHash(block) === hash,
  };
};

/** Undefined where the node has no such block. */
export const headerAt = async (ask: Ask, tag: number | "latest"): Promise<Header | undefined> => {
  const answer = await ask(method, [typeof tag === "number" ? quantity(tag) : tag, false]);
  if (answer === null) return undefined;
  const header = readHeader(answer);
  if (typeof tag === "number" && header.number !== tag)
    throw new NodeFailure("garbled", method, "another block");
  return header;
};

/** How many headers are asked for at once. */
const atOnce = 100;

/** The headers of these blocks, in their order. Rejects with NodeFailure, also where one is missing. */
export const readHeaders = async (
  ask: Ask,
  numbers: readonly number[],
  onProgress: (done: number, total: number) => void,
): Promise<readonly Header[]> => {
  const headers: Header[] = [];
  for (let at = 0; at < numbers.length; at += atOnce) {
    const some = await Promise.all(numbers.slice(at, at + atOnce).map((number) => headerAt(ask, number)));
    for (const [index, header] of some.entries()) {
      if (header === undefined) throw new NodeFailure("garbled", method, `no block ${numbers[at + index]}`);
      headers.push(header);
    }
    onProgress(headers.length, numbers.length);
  }
  return headers;
};

/** `headers` ascend; neighbours are held against each other. `head` is the block that the audit is of. */
export const checkHeaders = (check: Check, headers: readonly Header[], head: Header): void => {
  const isKnownHashing = headers.some(({ isHashed }) => isHashed);
  if (!isKnownHashing)
    check.note(
      "this chain hashes its headers in a way of its own: their fields were not held against their hashes",
    );
  let previous: Header | undefined;
  for (const header of headers) {
    const name = `block ${header.number}`;
    check.counted();
    if (isKnownHashing && !header.isHashed) {
      check.says(name, "hash", `${name}: its fields do not give its hash ${header.hash}`);
    }
    if (previous?.number === header.number - 1) {
      check.equal(name, "parent", previous.hash, header.parentHash);
    }
    if (previous !== undefined && header.time < previous.time) {
      check.differs(name, "time", `${previous.time} or later`, header.time);
    }
    if (header.number === head.number) check.equal(name, "hash when asked again", head.hash, header.hash);
    previous = header;
  }
};
