/**
 * The logs proven by the headers of their blocks: all receipts of a block are read and hashed to the root that its
 * header holds. So a log can be neither left out nor changed without another block hash.
 */
import { mayHold } from "../../chain/bloom.ts";
import { quantity } from "../../chain/light/logs.ts";
import { receiptsRoot, type BlockReceipt, type ReceiptLog } from "../../chain/receipts.ts";
import type { Check } from "../../protocol/audit/check.ts";
import type { Address } from "../../protocol/ids.ts";
import { chunksOf } from "./chunks.ts";
import type { Header } from "./headers.ts";
import { hexOf, listOf, membersOf, NodeFailure, numberOf, type Ask } from "./node.ts";
import type { Step } from "./progress.ts";
import { fingerprintOf, type ToldLog } from "./read-logs.ts";

const oneByOne = "eth_getTransactionReceipt";
const allOfBlock = "eth_getBlockReceipts";

const readLog = (value: unknown, method: string): ReceiptLog => {
  const log = membersOf(value, method);
  return {
    address: hexOf(log["address"], method),
    topics: listOf(log["topics"], method).map((topic) => hexOf(topic, method)),
    data: hexOf(log["data"], method),
  };
};

const readReceipt = (value: unknown, method: string): BlockReceipt => {
  const receipt = membersOf(value, method);
  return {
    type: numberOf(receipt["type"] ?? "0x0", method),
    status: numberOf(receipt["status"], method),
    cumulativeGasUsed: BigInt(hexOf(receipt["cumulativeGasUsed"], method)),
    logsBloom: hexOf(receipt["logsBloom"], method),
    logs: listOf(receipt["logs"], method).map((log) => readLog(log, method)),
  };
};

type ReceiptsOf = (header: Header) => Promise<readonly BlockReceipt[]>;

const receiptsInTurn =
  (ask: Ask): ReceiptsOf =>
  async ({ transactions }) => {
    const answers = await Promise.all(transactions.map((transaction) => ask(oneByOne, [transaction])));
    return answers.map((answer) => readReceipt(answer, oneByOne));
  };

const receiptsAtOnce =
  (ask: Ask): ReceiptsOf =>
  async ({ number }) =>
    listOf(await ask(allOfBlock, [quantity(number)]), allOfBlock).map((answer) =>
      readReceipt(answer, allOfBlock),
    );

/** All of a block in one answer, where the node has that. */
const receiptsBy = async (ask: Ask, { number }: Header): Promise<ReceiptsOf> => {
  try {
    await ask(allOfBlock, [quantity(number)]);
    return receiptsAtOnce(ask);
  } catch (error) {
    if (error instanceof NodeFailure && error.reason === "refused") return receiptsInTurn(ask);
    throw error;
  }
};

export interface Told {
  readonly ledger: Address;
  readonly headers: readonly Header[];
  readonly logs: readonly ToldLog[];
}

const compare = (
  check: Check,
  header: Header,
  told: readonly ToldLog[],
  proven: readonly ReceiptLog[],
): void => {
  const name = `block ${header.number}`;
  check.equal(name, "logs of the ledger", proven.length, told.length);
  const fingerprints = proven.map(({ topics, data }) => fingerprintOf(topics, data));
  for (const { logIndex, fingerprint } of told) {
    const at = fingerprints.indexOf(fingerprint);
    if (at === -1) {
      const log = `${name}, log ${logIndex}`;
      check.says(log, "content", `${log}: the block's receipts hold no such log`);
    } else fingerprints.splice(at, 1);
  }
};

/** Blocks whose logs are told, or whose filter says that there may be some. */
const wanted = (headers: readonly Header[], told: ReadonlySet<number>, ledger: Address): readonly Header[] =>
  headers.filter(({ number, bloom }) => told.has(number) || (bloom !== undefined && mayHold(bloom, ledger)));

const byBlock = (logs: readonly ToldLog[]): ReadonlyMap<number, readonly ToldLog[]> => {
  const blocks = new Map<number, ToldLog[]>();
  for (const log of logs) {
    const own = blocks.get(log.blockNumber);
    if (own === undefined) blocks.set(log.blockNumber, [log]);
    else own.push(log);
  }
  return blocks;
};

const proveBlock = async (
  check: Check,
  { ledger }: Told,
  header: Header,
  told: readonly ToldLog[],
  receiptsOf: ReceiptsOf,
): Promise<void> => {
  const receipts = await receiptsOf(header);
  const root = receiptsRoot(receipts);
  check.counted();
  if (root !== header.receiptsRoot) {
    const name = `block ${header.number}`;
    check.says(
      name,
      "root",
      `${name}: its receipts give the root ${root}, its header holds ${header.receiptsRoot}`,
    );
  }
  const logs = receipts.flatMap((receipt) => receipt.logs);
  compare(
    check,
    header,
    told,
    logs.filter(({ address }) => address === ledger),
  );
};

/** Blocks whose receipts are under way at once. */
const atOnce = 8;

/** A node that gives no receipts leaves the check open; what it does not answer at all rejects with NodeFailure. */
export const auditReceipts = async (ask: Ask, check: Check, told: Told, onProgress: Step): Promise<void> => {
  const logs = byBlock(told.logs);
  const blocks = wanted(told.headers, new Set(logs.keys()), told.ledger);
  const [first] = blocks;
  if (first === undefined) return;
  try {
    const receiptsOf = await receiptsBy(ask, first);
    let done = 0;
    for (const some of chunksOf(blocks, atOnce)) {
      await Promise.all(
        some.map((header) => proveBlock(check, told, header, logs.get(header.number) ?? [], receiptsOf)),
      );
      done += some.length;
      onProgress(done, blocks.length);
    }
  } catch (error) {
    if (!(error instanceof NodeFailure)) throw error;
    check.unfinished(`receipts were not told to the end: ${error.message}`);
  }
};
