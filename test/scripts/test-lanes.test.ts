import { expect } from "chai";
import { runParts } from "../../scripts/test/lanes.ts";
import type { Counts, Part } from "../../scripts/test/parts.ts";
import { Screen } from "../../scripts/test/screen.ts";

const passed: Counts = { passed: 1, failed: 0 };
const failed: Counts = { passed: 0, failed: 1 };

/** Parts that end when they are told to; what was shown, and which of them run. */
const stage = () => {
  const running = new Map<string, (counts: Counts) => void>();
  const shown: string[] = [];
  const part = (name: string, needs?: "compile"): Part => ({
    name,
    ...(needs === undefined ? {} : { needs }),
    run: (write) => {
      write(`${name} begins\n`);
      return new Promise((resolve) =>
        running.set(name, (counts) => {
          running.delete(name);
          write(`${name} ends\n`);
          resolve(counts);
        }),
      );
    },
  });
  const end = async (name: string, counts = passed): Promise<void> => {
    running.get(name)?.(counts);
    await new Promise(setImmediate);
  };
  const screen = new Screen((text) => shown.push(text));
  return { part, end, screen, running: () => [...running.keys()], shown: () => shown.join("") };
};

describe("the parts of npm test", () => {
  it("run two at a time, the next as soon as one has ended, and are summed in their order", async () => {
    const { part, end, screen, running } = stage();
    const results = runParts(
      ["one", "two", "three"].map((name) => part(name)),
      2,
      screen,
    );
    expect(running()).to.deep.equal(["one", "two"]);
    await end("two", failed);
    expect(running()).to.deep.equal(["one", "three"]);
    await end("three");
    await end("one");
    expect((await results).map(({ name, failed: count }) => [name, count])).to.deep.equal([
      ["one", 0],
      ["two", 1],
      ["three", 0],
    ]);
  });

  it("wait for what they need while others go first", async () => {
    const { part, end, screen, running } = stage();
    const all = [part("compile"), part("needy", "compile"), part("free"), part("needy too", "compile")];
    const results = runParts(all, 2, screen);
    expect(running()).to.deep.equal(["compile", "free"]);
    await end("free");
    expect(running()).to.deep.equal(["compile"]);
    await end("compile");
    expect(running()).to.deep.equal(["needy", "needy too"]);
    await end("needy");
    await end("needy too");
    expect((await results).every(({ passed: count }) => count === 1)).to.equal(true);
  });

  it("run without what they need where it was not asked for", async () => {
    const { part, end, screen } = stage();
    const results = runParts([part("needy", "compile")], 2, screen);
    await end("needy");
    expect(await results).to.have.length(1);
  });

  it("have failed, and say why, where what they need failed", async () => {
    const { part, end, screen, shown } = stage();
    const results = runParts([part("compile"), part("needy", "compile")], 2, screen);
    await end("compile", failed);
    expect((await results).map(({ failed: count }) => count)).to.deep.equal([1, 1]);
    expect(shown()).to.contain("not run, because compile failed");
  });

  it("are shown one after the other: the one in front as it prints, those behind it once they are in front", async () => {
    const { part, end, screen, shown } = stage();
    const results = runParts([part("one"), part("two"), part("three")], 2, screen);
    expect(shown()).to.match(/^\n── one ─+\none begins\n$/);
    await end("two");
    expect(shown()).to.not.contain("two");
    await end("one");
    expect(shown().replaceAll(/ ─+/g, "")).to.equal(
      "\n── one\none begins\none ends\n\n── two\ntwo begins\ntwo ends\n\n── three\nthree begins\n",
    );
    await end("three");
    await results;
  });
});
