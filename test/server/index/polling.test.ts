import { expect } from "chai";
import { NodeUnreachable } from "../../../server/chain/node-failures.ts";
import { UnexpectedAnswer } from "../../../server/chain/wire.ts";
import { ChainMoved, DeepReorg, IndexerStopped } from "../../../server/index/errors.ts";
import { asNodeFailure, indexedInTheEnd } from "../../../server/index/polling.ts";
import { bytes32 } from "../../../protocol/ids.ts";

const unreachable = (): Error => new NodeUnreachable("unavailable", "eth_getLogs", "nobody answers");
const deep = (): Error => new DeepReorg(7, bytes32(`0x${"07".repeat(32)}`), 64);

/** An index whose chain fails so, one failure after another, and then shows the block. */
const failing = (...failures: readonly Error[]) => {
  const left = [...failures];
  const asked: number[] = [];
  return {
    asked,
    waitForBlock: async (number: number): Promise<void> => {
      asked.push(number);
      const failure = left.shift();
      if (failure !== undefined) throw failure;
    },
  };
};

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("waiting for a block in the index", () => {
  it("goes on while the node fails, for what is on the chain is recorded whether or not it can be shown", async () => {
    const passing = [unreachable(), new ChainMoved(5), new UnexpectedAnswer("a block", null), unreachable()];
    const indexer = failing(...passing);
    await indexedInTheEnd(indexer, 5, 0);
    expect(indexer.asked).to.deep.equal([5, 5, 5, 5, 5]);
  });

  for (const failure of [deep(), new IndexerStopped()]) {
    it(`ends with ${failure.name}, which no asking again mends`, async () => {
      const indexer = failing(unreachable(), failure);
      expect(await refusalOf(indexedInTheEnd(indexer, 5, 0))).to.equal(failure);
      expect(indexer.asked).to.have.length(2);
    });
  }
});

describe("what goes wrong in reading the chain for the index", () => {
  it("is a failure of the node to whoever builds a call anew, and nothing to stop the gateway for", () => {
    for (const error of [new ChainMoved(5), new UnexpectedAnswer("a block", null)]) {
      expect(asNodeFailure(error), error.name)
        .to.be.instanceOf(NodeUnreachable)
        .with.property("kind", "garbage");
    }
  });

  it("stays what it is where it is one already, and where the gateway has to stop", () => {
    for (const error of [unreachable(), deep()]) expect(asNodeFailure(error)).to.equal(error);
  });
});
