/** When a replica looks again, what it says once and what it says anew, and how it ends. */
import { expect } from "chai";
import { bytes32 } from "../../../protocol/ids.ts";
import { Finding } from "../../../server/replica/finding.ts";
import { NotEmbedded, NotOutside, Unreachable } from "../../../server/replica/source.ts";
import { waitAfter, watch, type Watched } from "../../../server/replica/watch.ts";

const hash = bytes32(`0x${"11".repeat(32)}`);
const position = { block: 3, hash, time: 0 };

/** What is looked at, one after another; ends where nothing is left. */
const watching = async (
  looks: readonly (typeof position | Error)[],
  once = false,
): Promise<{
  readonly ended: Watched;
  readonly said: readonly string[];
  readonly found: readonly string[];
}> => {
  const stop = new AbortController();
  const [said, found]: [string[], string[]] = [[], []];
  let next = 0;
  const ended = await watch({
    follower: {
      look: async () => {
        const look = looks[next];
        next += 1;
        if (next >= looks.length) stop.abort();
        if (look === undefined || look instanceof Error) throw look ?? new Unreachable("nothing is left");
        return look;
      },
    },
    words: ({ block }) => `block ${block}`,
    everyMs: 1,
    once,
    say: (line) => said.push(line),
    onPosition: async () => {},
    onFinding: async (finding) => {
      found.push(finding.kind);
    },
    signal: stop.signal,
  });
  return { ended, said, found };
};

const evidence = { evidence: [{ proof: "two-transactions", transactions: ["0x00", "0x01"] }] } as const;

describe("watching an operator", () => {
  it("waits as asked while it answers, twice as long after each failure, and never more than five minutes", () => {
    expect(waitAfter(5_000, 0)).to.equal(5_000);
    expect([1, 2, 3].map((failures) => waitAfter(5_000, failures))).to.deep.equal([10_000, 20_000, 40_000]);
    expect(waitAfter(10, 1)).to.equal(2_000);
    expect(waitAfter(5_000, 1_000)).to.equal(300_000);
  });

  it("says a position once, and again where it is another", async () => {
    const { said, ended } = await watching([position, position, { ...position, block: 4 }]);
    expect(said.map((line) => line.slice(0, 7))).to.deep.equal(["block 3", "block 4"]);
    expect(ended).to.equal("well");
  });

  it("ends at once with what it found, or that nobody answered, where it looks once", async () => {
    expect((await watching([new Finding("gap", "a gap")], true)).ended).to.equal("found");
    expect((await watching([new Unreachable("no")], true)).ended).to.equal("unreachable");
    expect((await watching([position], true)).ended).to.equal("well");
  });

  it("looks no further where history was rewritten", async () => {
    const { said, found, ended } = await watching([new Finding("rewritten", "rewritten", evidence)]);
    expect(said).to.deep.equal(["FOUND (rewritten): rewritten"]);
    expect([found, ended]).to.deep.equal([["rewritten"], "found"]);
  });

  it("ends where there is no operator's chain, and where the replica itself is at fault", async () => {
    for (const error of [new NotEmbedded(1), new NotOutside(), new RangeError("a fault of its own")]) {
      expect(await watching([error]).catch((thrown: unknown) => thrown)).to.equal(error);
    }
  });
});
