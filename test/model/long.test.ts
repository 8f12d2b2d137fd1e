import { expect } from "chai";
import { exitCodes, runCommand } from "./long/command.ts";
import { summaryLines } from "./long/summary.ts";

const run = async (...parameters: readonly string[]) => {
  const [printed, errors]: [string[], string[]] = [[], []];
  const code = await runCommand(parameters, {
    print: (line) => printed.push(line),
    errors: { write: (text) => errors.push(text) },
  });
  return { code, printed, errors: errors.join("") };
};

describe("npm run histories", () => {
  it("compares as many as asked for, on several threads, and says what they held", async () => {
    const { code, printed, errors } = await run("--count", "30", "--seed", "500", "--threads", "2");
    expect(code).to.equal(exitCodes.agree);
    expect(printed.at(-1)).to.match(
      /^30 histories \(seeds 500 to 529\): [0-9,]{3,} events, .*, [0-9]+ refunds; failing seeds: none$/,
    );
    expect(errors).to.contain("100 %, 30 of 30 histories");
  });

  it("reaches the same with one thread as with three", async () => {
    const one = await run("--count", "20", "--threads", "1");
    const three = await run("--count", "20", "--threads", "3");
    expect(one.printed.length).to.be.greaterThan(20);
    expect(one.printed).to.deep.equal(three.printed);
  });

  it("plays some on the contract when asked to", async () => {
    const { code, printed, errors } = await run("--count", "3", "--chain", "2", "--threads", "1");
    expect(code).to.equal(exitCodes.agree);
    expect(printed.at(-1)).to.contain("2 of them on the contract and through the index");
    expect(errors).to.contain("on the contract: 100 %, 2 of 2 histories");
  }).timeout(300_000);

  it("names each seed that fails once, and why", () => {
    const failures = [
      { seed: 7, message: "claim 1: expected 3, got 4" },
      { seed: 9, message: "refused" },
      { seed: 7, message: "on the contract too" },
    ];
    const lines = summaryLines({ count: 1000, seed: 1, chain: 0 }, { events: 7000, claims: 12 }, failures);
    expect(lines.slice(0, 3)).to.deep.equal([
      "seed 7: claim 1: expected 3, got 4",
      "seed 9: refused",
      "seed 7: on the contract too",
    ]);
    expect(lines.at(-1)).to.match(/^1,000 histories .*7,000 events, .*12 claims.*; failing seeds: 7, 9$/);
  });

  it("says what is wrong with a call and how it is made", async () => {
    const calls = [["--count", "0"], ["--seed", "x"], ["--count", "5", "--chain", "6"], ["--other"], ["5"]];
    for (const call of calls) {
      const { code, printed, errors } = await run(...call);
      expect([code, printed], call.join(" ")).to.deep.equal([exitCodes.wrongCall, []]);
      expect(errors).to.contain("npm run histories");
    }
  });
});
