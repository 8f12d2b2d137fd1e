import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { decodeLedgerLog } from "../../chain/decode.ts";
import { checkTotals } from "../../protocol/laws/laws.ts";
import { applyEvent, emptyState } from "../../protocol/ledger/state.ts";
import { inventLedger } from "../../server/commands/bench/invented-ledger.ts";
import { spreadOf } from "../../server/commands/bench/spread.ts";
import { atLeast, atMost, isMet, tableLines, type Row } from "../../scripts/bench/row.ts";

const root = join(import.meta.dirname, "../..");

/** Every figure that the bench must show, whatever the sizes. */
const ids = [
  "gas.single",
  "gas.donation",
  "gas.claim",
  "gas.claim.proven",
  ...["naive", "single", "crowd", "hundred", "import"].flatMap((id) => [`accepted.${id}`, `traceable.${id}`]),
  "import.generated",
  "import.generated.processor",
  "memory.gateway",
  "disk.outbox.db",
  "disk.vault.db",
  "disk.index.db",
  "replay",
  "replay.events",
  "index.node",
  "start.imported",
  "start.imported.reindexed",
  ...["home", "donation"].flatMap((id) => ["bytes", "script", "paint"].map((what) => `page.${id}.${what}`)),
  "check.gift.fast",
  "check.gift",
  ...[100, 200].flatMap((size) =>
    [
      "trace.p50",
      "trace.p99",
      "sources.p99",
      "index.write",
      "index.reindex",
      "index.disk",
      "index.memory",
    ].map((what) => `${what}.${size}`),
  ),
  "trace.ratio",
  "audit.100",
  "audit.200",
];

const row = (value: number, budget?: Row["budget"]): Row => ({
  id: "one",
  what: "a figure",
  value,
  unit: "s",
  ...(budget === undefined ? {} : { budget }),
});

describe("npm run bench", () => {
  it("measures every row, as a table and as JSON", async function () {
    this.timeout(240_000);
    const folder = mkdtempSync(join(tmpdir(), "everyfen-bench-test-"));
    try {
      const out = join(folder, "made/for/it/bench.json");
      const parameters = [join(root, "scripts/bench.ts"), "--tiny", "--out", out];
      const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: root });
      const report: { readonly rows: readonly Row[] } = JSON.parse(readFileSync(out, "utf8"));
      expect(report.rows.map(({ id }) => id)).to.deep.equal(ids);
      for (const { id, value } of report.rows) {
        expect(Number.isFinite(value) && value > 0, `${id}: ${value}`).to.equal(true);
      }
      for (const { what } of report.rows) expect(stdout).to.contain(what);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("holds a figure to the least or the most that its budget allows", () => {
    expect(
      [row(9, atLeast(10)), row(10, atLeast(10)), row(10, atMost(10)), row(11, atMost(10))].map(isMet),
    ).to.deep.equal([false, true, true, false]);
    expect(isMet(row(1))).to.equal(undefined);
  });

  it("says in the table which budget is missed", () => {
    const [, , missed, met, free] = tableLines([row(12_345, atMost(10)), row(9.876, atMost(10)), row(1)]);
    expect(missed).to.match(/^a figure +12,345 +s +≤ 10 +NO$/);
    expect(met).to.match(/^a figure +9\.88 +s +≤ 10 +yes$/);
    expect(free).to.match(/^a figure +1 +s$/);
  });

  it("tells the middle and the slowest hundredth by nearest rank", () => {
    const times = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(spreadOf(times)).to.deep.equal({ count: 200, p50: 100, p99: 198, most: 200 });
    expect(() => spreadOf([])).to.throw(RangeError, "one figure or more");
  });
});

describe("the ledger that the bench invents", () => {
  it("is one that the books accept, of the size asked for, and obeys the laws", () => {
    const state = emptyState();
    for (const { block, logs } of inventLedger({ donations: 7_000, claims: 40 })) {
      for (const { blockNumber, transactionHash, logIndex, ...log } of logs) {
        const event = decodeLedgerLog(log);
        if (event === undefined) continue;
        applyEvent(state, {
          event,
          place: { blockNumber, blockTime: block.time, transactionHash, logIndex },
        });
      }
    }
    expect(state.funds.map(({ donations }) => donations)).to.deep.equal([7_000]);
    expect(state.claims.filter(({ state: claim }) => claim === "paid")).to.have.length(41);
    expect(checkTotals(state, 4_000_000_000).filter(({ holds }) => !holds)).to.deep.equal([]);
  });
});
