/** The history of a ledger as an export holds it: `/v1/exports/ledger`, whole and unchanged. */
import { createReadStream } from "node:fs";
import { decodeLedgerLog } from "../../chain/decode.ts";
import type { Check, Checks } from "../../protocol/audit/check.ts";
import type { CheckId } from "../../protocol/audit/checks.ts";
import { ExportCheck, type ExportReport } from "../../protocol/exports/check.ts";
import type { ExportHeader } from "../../protocol/exports/header.ts";
import type { LedgerRow } from "../../protocol/exports/ledger-rows.ts";
import type { LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";
import type { History } from "./history.ts";
import type { Step } from "./progress.ts";
import type { AuditThreads } from "./threads/threads.ts";

/** A batch of 3,000 donations is 240 kB of a line. */
const readBytes = 1024 * 1024;

/** There is nothing in the file that could be audited. */
export class NoHistory extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "NoHistory";
  }
}

const eventIn = (check: Check, log: LedgerRow): LedgerEvent | undefined => {
  check.counted();
  try {
    return decodeLedgerLog(log);
  } catch (error) {
    const name = `block ${log.blockNumber}, log ${log.logIndex}`;
    check.says(name, "unreadable", `${name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};

/** Tells what is wrong with the file and answers its head. Throws {@link NoHistory}. */
const headerOf = (check: Check, { header, rows, faults }: ExportReport): ExportHeader => {
  check.counted(rows);
  for (const { kind, detail, row } of faults) {
    check.says(row === undefined ? "the file" : `row ${row}`, kind, `${kind}: ${detail}`);
  }
  if (header === undefined)
    throw new NoHistory(`no export of a ledger: ${faults[0]?.detail ?? "it has no head"}`);
  if (header.kind !== "ledger") throw new NoHistory(`an export of the kind ${header.kind}: expected ledger`);
  if (header.fromBlock > 0) {
    throw new NoHistory(
      `an export from block ${header.fromBlock} on: the books are made of every block, ask from block 0 on`,
    );
  }
  if (rows === 0)
    throw new NoHistory("an export without a log: there is nothing in it that could be audited");
  return header;
};

/** What only a node can tell. */
const ofNode = [
  "chain.headers",
  "chain.receipts",
  "storage.counters",
  "storage.totals",
  "storage.records",
  "traces.contract",
  "code.ledger",
  "code.lens",
] as const satisfies readonly CheckId[];

/** Rejects with {@link NoHistory}, and with what reading the file rejects with. */
export const historyFromFile = async (
  path: string,
  checks: Checks,
  threads: AuditThreads,
  onProgress: Step,
): Promise<History> => {
  const events: RecordedEvent[] = [];
  let logs = 0;
  const whole = new ExportCheck((log) => {
    const { blockNumber, blockTime, transactionHash, logIndex } = log;
    const event = eventIn(checks.of("chain.logs"), log);
    onProgress((logs += 1));
    if (event === undefined) return;
    if (event.type === "BatchRecorded") threads.hash(event);
    events.push({ event, place: { blockNumber, blockTime, transactionHash, logIndex } });
  });
  for await (const bytes of createReadStream(path, { highWaterMark: readBytes })) whole.push(bytes);
  const header = headerOf(checks.of("file.whole"), whole.end());
  const reason = "an export has no node: audit with --rpc to check this against the chain";
  for (const id of ofNode) checks.of(id).notChecked(reason);
  const { chainId, ledger, toBlock: number, toBlockHash: hash, toBlockTime: time } = header;
  return { chainId, ledger, block: { number, hash, time }, logs, events };
};
