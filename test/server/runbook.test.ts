/** The runbook speaks of what there is. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { embeddedLoadLimit } from "../../server/chain/limit.ts";
import { exitCodes } from "../../server/exit-codes.ts";
import { Metrics } from "../../server/metrics/metrics.ts";

const runbook = readFileSync("docs/runbook.md", "utf8");

describe("the runbook", () => {
  it("names the metrics that the gateway has, every one and no other", async () => {
    const metrics = new Metrics({
      probes: {
        start: () => ({ state: "ready", progress: { blocks: 0, totalBlocks: 0, transactions: 0 } }),
        chainBlock: async () => 0,
        indexBlock: async () => 0,
        unsettled: async () => 0,
        oldestUnsettledMs: async () => undefined,
        line: async () => ({ line: "planned", height: 0, signers: [] }),
        laws: async () => [],
        freeBytes: async () => 0,
      },
      loadLimit: 1,
      log: { error: () => {} },
    });
    const exposed = [...(await metrics.exposition()).matchAll(/^# TYPE (\w+)/gm)].map((match) => match[1]);
    const named = [...runbook.matchAll(/everyfen_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ""));
    for (const name of named) expect(exposed, name).to.include(name);
    for (const name of exposed) expect(named, "not in the runbook").to.include(name);
  });

  it("says of every alarm when it sounds, what it means and what to do, and none twice", () => {
    const [, after = ""] = runbook.split("\n## Alarms\n");
    const [table = ""] = after.split("\n### ");
    const rows = table.trim().split("\n").slice(2);
    const cells = rows.map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(cells.length).to.be.greaterThan(15);
    for (const [alarm = "", expression = "", meaning = "", action = "", ...more] of cells) {
      expect(more, alarm).to.deep.equal([]);
      expect(expression, alarm).to.match(/`[^`]*\b(up|everyfen_\w+|nodejs_\w+)\b[^`]*`/);
      for (const words of [meaning, action]) expect(words.length, alarm).to.be.greaterThan(10);
    }
    const alarms = cells.map(([alarm]) => alarm);
    expect(new Set(alarms).size).to.equal(alarms.length);
    for (const [what, name] of [
      ["lag", "index_lag_seconds"],
      ["queue", "queue_oldest_seconds"],
      ["fees", "base_fee_gwei"],
      ["balances", "signer_balance_gwei"],
      ["laws", "law_holds"],
    ] as const) {
      expect(
        cells.some(([, expression = ""]) => expression.includes(`everyfen_${name}`)),
        what,
      ).to.equal(true);
    }
  });

  it("explains every exit code, and the limit as it is", () => {
    for (const code of Object.values(exitCodes)) expect(runbook).to.match(new RegExp(`^\\| ${code} `, "m"));
    expect(runbook).to.contain(`${embeddedLoadLimit.toLocaleString("en-US")} transactions`);
  });
});
