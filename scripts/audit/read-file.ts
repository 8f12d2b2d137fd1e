/** The history of a ledger as an export holds it: `/v1/exports/ledger`, whole and unchanged. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { decodeLedgerLog } from "../../chain/decode.ts";
import type { Check, Checks } from "../../protocol/audit/check.ts";
import type { CheckId } from "../../protocol/audit/checks.ts";
import { ExportCheck } from "../../protocol/exports/check.ts";
import type { ExportHeader } from "../../protocol/exports/header.ts";
import { readLedgerLine, UnreadableRow } from "../../protocol/exports/ledger-rows.ts";
import type { LedgerEvent, RecordedEvent } from "../../protocol/ledger/events.ts";
import type { History } from "./history.ts";
import type { Step } from "./progress.ts";

/** There is nothing in the file that could be audited. */
export class NoHistory extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "NoHistory";
  }
}

const checkWhole = async (path: string, check: Check): Promise<ExportHeader> => {
  const whole = new ExportCheck();
  for await (const bytes of createReadStream(path)) whole.push(bytes);
  const { header, rows, faults } = whole.end();
  check.counted(rows);
  for (const { kind, detail, row } of faults) {
    check.says(row === undefined ? "the file" : `row ${row}`, kind, `${kind}: ${detail}`);
  }
  if (header === undefined)
    throw new NoHistory(`no export of a ledger: ${faults[0]?.detail ?? "it has no head"}`);
  if (header.kind !== "ledger") throw new NoHistory(`an export of the kind ${header.kind}: expected ledger`);
  return header;
};

const eventIn = (check: Check, line: string): RecordedEvent | undefined => {
  const row = readLedgerLine(line);
  const { blockNumber, blockTime, transactionHash, logIndex } = row;
  check.counted();
  let event: LedgerEvent | undefined;
  try {
    event = decodeLedgerLog(row);
  } catch (error) {
    const name = `block ${blockNumber}, log ${logIndex}`;
    check.says(name, "unreadable", `${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return event === undefined
    ? undefined
    : { event, place: { blockNumber, blockTime, transactionHash, logIndex } };
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
export const historyFromFile = async (path: string, checks: Checks, onProgress: Step): Promise<History> => {
  const header = await checkWhole(path, checks.of("file.whole"));
  const check = checks.of("chain.logs");
  const events: RecordedEvent[] = [];
  let logs = -1;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    logs += 1;
    if (logs === 0) continue;
    try {
      const event = eventIn(check, line);
      if (event !== undefined) events.push(event);
    } catch (error) {
      // Named by the check of the whole file.
      if (!(error instanceof UnreadableRow)) throw error;
    }
    onProgress(logs, header.rowCount);
  }
  const reason = "an export has no node: audit with --rpc to check this against the chain";
  for (const id of ofNode) checks.of(id).notChecked(reason);
  const { chainId, ledger, toBlock: number, toBlockHash: hash, toBlockTime: time } = header;
  return { chainId, ledger, block: { number, hash, time }, logs: Math.max(0, logs), events };
};
