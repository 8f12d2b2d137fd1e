/** The export `ledger`: every log of the ledger as the chain gave it, from which anybody rebuilds the books. */
import { ledgerLine } from "../../protocol/exports/ledger-rows.ts";
import { logsBehind } from "../index/raw.ts";
import type { LogPlace } from "../index/raw.ts";
import type { BlockRange, Chunk, ExportSource, ReadAt } from "./export.ts";

/** No log of a block stands behind it, and every database has it as a whole number. */
const lastLogIndex = 0x7fff_ffff;
/** Logs of one read: a batch of donations is 120 kB, so this is at most 3 MB. */
const logsAtOnce = 25;

async function* chunks(readAt: ReadAt, { fromBlock, to }: BlockRange): AsyncGenerator<Chunk> {
  let place: LogPlace = { block: fromBlock - 1, index: lastLogIndex };
  let row = 0;
  for (;;) {
    const logs = await readAt((database) =>
      logsBehind(database, place, { toBlock: to.number, limit: logsAtOnce }),
    );
    const last = logs.at(-1);
    if (last === undefined) return;
    place = { block: last.blockNumber, index: last.logIndex };
    yield { rows: logs.length, text: logs.map((log) => ledgerLine((row += 1), log)).join("") };
  }
}

export const ledgerExport = (readAt: ReadAt, range: BlockRange): ExportSource => ({
  facts: { kind: "ledger" },
  format: "ndjson",
  columns: "",
  chunks: () => chunks(readAt, range),
});
