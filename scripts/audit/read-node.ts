/** The history of a ledger as a node tells it. */
import type { Checks } from "../../protocol/audit/check.ts";
import type { Address } from "../../protocol/ids.ts";
import type { History } from "./history.ts";
import { checkHeaders, headerAt, readHeaders, type Header } from "./headers.ts";
import { NodeFailure, numberOf, type Ask } from "./node.ts";
import { auditReceipts } from "./receipts.ts";
import type { Progress } from "./progress.ts";
import { eventsOf, readLogs, type ToldLog } from "./read-logs.ts";
import type { AuditThreads } from "./threads/threads.ts";

/** Up to so many blocks every header is read; beyond, those of blocks with logs. */
const mostHeaders = 50_000;

export interface HistoryQuestion {
  readonly ledger: Address;
  readonly fromBlock: number;
  /** The newest unless given. */
  readonly block: number | undefined;
}

const wantedNumbers = (logs: readonly ToldLog[], fromBlock: number, head: Header): readonly number[] => {
  if (head.number - fromBlock < mostHeaders) {
    return Array.from({ length: head.number - fromBlock + 1 }, (_, index) => fromBlock + index);
  }
  const numbers = new Set(
    logs.map(({ blockNumber }) => blockNumber).filter((number) => number <= head.number),
  );
  numbers.add(head.number);
  return [...numbers].toSorted((one, other) => one - other);
};

/** Rejects with NodeFailure where the node does not answer. */
export const historyFromNode = async (
  ask: Ask,
  checks: Checks,
  { ledger, fromBlock, block }: HistoryQuestion,
  threads: AuditThreads,
  progress: Progress,
): Promise<History> => {
  const chainId = numberOf(await ask("eth_chainId", []), "eth_chainId");
  const head = await headerAt(ask, block ?? "latest");
  if (head === undefined)
    throw new NodeFailure("refused", "eth_getBlockByNumber", `there is no block ${block}`);
  const range = { ledger, fromBlock, toBlock: head.number };
  const reading = progress.step("blocks searched for logs");
  const logs = await readLogs(ask, checks.of("chain.logs"), range, {
    onEvent: (event) => event.type === "BatchRecorded" && threads.hash(event),
    onProgress: (done) => reading(done, head.number),
  });
  const numbers = wantedNumbers(logs, fromBlock, head);
  const headers = await readHeaders(ask, numbers, progress.step("headers read"));
  checkHeaders(checks.of("chain.headers"), headers, head);
  if (numbers.length <= head.number - fromBlock) {
    checks
      .of("chain.headers")
      .note("only headers of blocks with logs were read: the chain is too long for all of them");
  }
  await auditReceipts(
    ask,
    checks.of("chain.receipts"),
    { ledger, headers, logs },
    progress.step("blocks proven"),
  );
  const events = eventsOf(checks.of("chain.logs"), logs, headers, range);
  const { number, hash, time } = head;
  return { chainId, ledger, block: { number, hash, time }, logs: logs.length, events };
};
