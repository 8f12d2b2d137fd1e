/** The runbook speaks of what there is. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { embeddedLoadLimit } from "../../server/chain/limit.ts";
import { exitCodes } from "../../server/exit-codes.ts";
import { Metrics } from "../../server/metrics/metrics.ts";

const runbook = readFileSync("docs/runbook.md", "utf8");

describe("the runbook", () => {
  it("has alarms of metrics that the gateway has, and one for each that can be bad", async () => {
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
    for (const bad of [
      "law_holds",
      "ready",
      "index_lag_seconds",
      "queue_oldest_seconds",
      "data_free_bytes",
    ]) {
      expect(named).to.include(`everyfen_${bad}`);
    }
  });

  it("explains every exit code, and the limit as it is", () => {
    for (const code of Object.values(exitCodes)) expect(runbook).to.match(new RegExp(`^\\| ${code} `, "m"));
    expect(runbook).to.contain(`${embeddedLoadLimit.toLocaleString("en-US")} transactions`);
  });
});
