import { expect } from "chai";
import { NodeUnreachable } from "../../../server/chain/node-failures.ts";
import { StaleLease } from "../../../server/database/lease.ts";
import { NotPossible } from "../../../server/outbox/errors.ts";
import { LeasedLine, type LeasedLineOptions } from "../../../server/outbox/leased-line.ts";
import type { Line, Turn } from "../../../server/outbox/line.ts";

const pause = { again: false, pauseMs: 5 } as const;

/** A lease whose holding is the test's to say, and lines that note what is asked of them. */
class Scene {
  isHeld = false;
  token = 1;
  /** How much work the lease was renewed for. */
  renewed = 0;
  /** What the next start or turn of a line throws. */
  failure: unknown;
  readonly notes: string[] = [];
  readonly notices: string[] = [];
  #lines = 0;
  readonly leased = new LeasedLine({
    lease: this.#lease(),
    line: () => this.#line(),
    pollMs: pause.pauseMs,
    height: async () => 7,
    onNotice: (what) => this.notices.push(what),
  });

  #lease(): LeasedLineOptions["lease"] {
    const tokenNow = () => this.token;
    return {
      hold: async () => this.isHeld,
      during: (work) => {
        this.renewed += 1;
        return work();
      },
      get token() {
        return tokenNow();
      },
    };
  }

  #line(): Line {
    this.#lines += 1;
    const name = this.#lines;
    const note = (what: string): void => {
      this.notes.push(`${name} ${what}`);
      const failure = this.failure;
      this.failure = undefined;
      if (failure !== undefined) throw failure;
    };
    return {
      start: async () => note("start"),
      turn: async (): Promise<Turn> => {
        note("turn");
        return { again: true };
      },
      cancelSigned: async (operation) => note(`cancel ${operation}`),
      status: async () => ({ line: "published", height: 9, signers: [] }),
    };
  }
}

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a line that several gateways have", () => {
  it("is worked on by the one that holds the lease, and looked at by the others", async () => {
    const scene = new Scene();
    await scene.leased.start();
    expect(await scene.leased.turn()).to.deep.equal(pause);
    expect(scene.notes).to.deep.equal([]);
    scene.isHeld = true;
    expect(await scene.leased.turn()).to.deep.equal({ again: true });
    await scene.leased.turn();
    expect(scene.notes).to.deep.equal(["1 start", "1 turn", "1 turn"]);
  });

  it("is begun anew from what is recorded, whenever the lease comes back", async () => {
    const scene = new Scene();
    scene.isHeld = true;
    await scene.leased.start();
    await scene.leased.turn();
    scene.isHeld = false;
    expect(await scene.leased.turn()).to.deep.equal(pause);
    scene.isHeld = true;
    await scene.leased.turn();
    expect(scene.notes).to.deep.equal(["1 start", "1 turn", "2 start", "2 turn"]);
    expect(scene.notices).to.have.length(3);
  });

  it("is begun anew where the lease was with another meanwhile, though nobody told: it woke up too late", async () => {
    const scene = new Scene();
    scene.isHeld = true;
    await scene.leased.start();
    await scene.leased.turn();
    scene.token = 3;
    await scene.leased.turn();
    await scene.leased.turn();
    expect(scene.notes).to.deep.equal(["1 start", "1 turn", "2 start", "2 turn", "2 turn"]);
  });

  it("keeps its lease while a start or a turn takes its time", async () => {
    const scene = new Scene();
    scene.isHeld = true;
    await scene.leased.start();
    await scene.leased.turn();
    expect(scene.renewed).to.equal(2);
  });

  it("is left at once where the database says that another has taken over, and nobody is alarmed", async () => {
    const scene = new Scene();
    scene.isHeld = true;
    await scene.leased.start();
    scene.failure = new StaleLease("sender", 1);
    expect(await scene.leased.turn()).to.deep.equal(pause);
    await scene.leased.turn();
    expect(scene.notes).to.deep.equal(["1 start", "1 turn", "2 start", "2 turn"]);
  });

  it("waits for a node that does not answer where it takes over, and stops for anything else", async () => {
    const scene = new Scene();
    await scene.leased.start();
    scene.isHeld = true;
    scene.failure = new NodeUnreachable("timeout", "eth_blockNumber", "invented");
    expect(await scene.leased.turn()).to.deep.equal(pause);
    expect(await scene.leased.turn()).to.deep.equal({ again: true });
    scene.failure = new RangeError("invented");
    expect(await refusalOf(scene.leased.turn())).to.be.instanceOf(RangeError);
  });

  it("takes signed bytes out where it sends, and says who can where it does not", async () => {
    const scene = new Scene();
    await scene.leased.start();
    expect(await refusalOf(scene.leased.cancelSigned("one"))).to.be.instanceOf(NotPossible);
    scene.isHeld = true;
    await scene.leased.turn();
    await scene.leased.cancelSigned("one");
    expect(scene.notes.at(-1)).to.equal("1 cancel one");
  });

  it("tells the chain's height either way, and whether it sends", async () => {
    const scene = new Scene();
    const told = async (): Promise<readonly unknown[]> => {
      const { height, sends } = await scene.leased.status();
      return [height, sends];
    };
    await scene.leased.start();
    expect(await told()).to.deep.equal([7, false]);
    scene.isHeld = true;
    await scene.leased.turn();
    expect(await told()).to.deep.equal([9, true]);
    scene.isHeld = false;
    await scene.leased.turn();
    expect(await told()).to.deep.equal([7, false]);
  });
});
