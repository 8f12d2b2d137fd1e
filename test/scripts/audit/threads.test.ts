import { expect } from "chai";
import { Checks } from "../../../protocol/audit/check.ts";
import { sealOf } from "../../../protocol/audit/roots.ts";
import { address } from "../../../protocol/ids.ts";
import type { BatchRecorded, RecordedEvent } from "../../../protocol/ledger/events.ts";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { auditBooks } from "../../../scripts/audit/books.ts";
import type { History } from "../../../scripts/audit/history.ts";
import { Progress } from "../../../scripts/audit/progress.ts";
import { AuditThreads } from "../../../scripts/audit/threads/threads.ts";
import {
  inventedChainId,
  inventedLedger,
  inventLedger,
} from "../../../server/commands/bench/invented-ledger.ts";

/** Enough donations that threads are worth their start. */
const history = (): History => {
  const events: RecordedEvent[] = [];
  let block: History["block"] | undefined;
  for (const { block: one, logs } of inventLedger({ donations: 27_000, claims: 60 })) {
    block = one;
    for (const log of logs) {
      const event = decodeLedgerLog(log);
      const { blockNumber, transactionHash, logIndex } = log;
      const place = { blockNumber, blockTime: one.time, transactionHash, logIndex };
      if (event !== undefined) events.push({ event, place });
    }
  }
  if (block === undefined) throw new RangeError("no block");
  const ledger = address(inventedLedger);
  return { chainId: inventedChainId, ledger, block, logs: events.length, events };
};

const isBatch = (event: RecordedEvent["event"]): event is BatchRecorded => event.type === "BatchRecorded";

describe("the threads of an audit", function () {
  this.timeout(60_000);

  it("find of many donations what one thread finds, nothing more and nothing less", async () => {
    const audited = history();
    const quiet = new Progress({ write: () => true });
    const results = async (threads: AuditThreads) => {
      const checks = new Checks();
      for (const { event } of audited.events) if (isBatch(event)) threads.hash(event);
      try {
        await auditBooks(checks, audited, threads, quiet);
        const last = audited.events.map(({ event }) => event).findLast(isBatch);
        return {
          checks: checks.results(),
          seal: last === undefined ? undefined : threads.sealed(last),
          last,
        };
      } finally {
        await threads.end();
      }
    };
    const [alone, together] = [await results(new AuditThreads(0)), await results(new AuditThreads(2))];
    expect(alone.checks.flatMap(({ findings }) => findings)).to.deep.equal([]);
    expect(together.checks).to.deep.equal(alone.checks);
    expect(alone.seal).to.equal(undefined);
    expect(together.last).not.to.equal(undefined);
    if (together.last !== undefined) expect(together.seal).to.deep.equal(sealOf(together.last));
  });
});
