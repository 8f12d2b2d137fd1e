import { expect } from "chai";
import { Progress } from "../../../scripts/import/progress.ts";
import { Written } from "./files.ts";

describe("import: progress", () => {
  it("is one line redrawn on a terminal", () => {
    const terminal = new Written(true);
    const bar = new Progress(terminal, "recording", 200, "gifts");
    bar.advance(1);
    bar.advance(99);
    bar.advance(100);
    bar.end();
    const drawn = terminal.text.split("\r").slice(1);
    expect(drawn).to.have.length(3);
    expect(drawn[1]).to.equal(`recording ${"█".repeat(15)}${"░".repeat(15)}  50 % 100 of 200 gifts`);
    expect(drawn[2]).to.equal(`recording ${"█".repeat(30)} 100 % 200 of 200 gifts\n`);
  });

  it("is a plain line at every tenth elsewhere, however many steps there are", () => {
    const log = new Written();
    const bar = new Progress(log, "checking", 1_000_000, "bytes");
    for (let step = 0; step < 10_000; step += 1) bar.advance(100);
    bar.end();
    expect(log.text.split("\n").filter((line) => line !== "")).to.have.length(11);
    expect(log.text).to.not.contain("\r");
  });

  it("of nothing is done at once", () => {
    const log = new Written();
    new Progress(log, "recording", 0, "gifts").end();
    expect(log.text).to.equal("recording: 100 %, 0 of 0 gifts\n");
  });
});
