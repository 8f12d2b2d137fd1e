/** A gateway that goes on with a chain of others, while the books that are compared stay as they are. */
import { expect } from "chai";
import { quantity } from "../../../chain/light/logs.ts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import { laterBlocks } from "../../../scripts/audit/gateway/later.ts";
import type { Ask } from "../../../scripts/audit/node.ts";

const hash = bytes32(`0x${"22".repeat(32)}`);
const history = {
  chainId: 1,
  ledger: address(`0x${"11".repeat(20)}`),
  block: { number: 5, hash, time: 1_000 },
  logs: 0,
  events: [],
};
const period = (moments: Partial<Record<"start" | "end" | "filingDeadline", number>>) => ({
  programmes: [{ periods: [{ start: 10, end: 9_000, filingDeadline: 9_500, ...moments }] }],
});

/** A chain of ten blocks, one every ten seconds, with one log of the ledger. */
const chain =
  (logAt: number, asked: string[] = []): Ask =>
  async (method, [question]) => {
    asked.push(method);
    if (method === "eth_getBlockByNumber") {
      const number = Number(question);
      if (number > 10) return null;
      const timestamp = quantity(950 + number * 10);
      return { number: question, hash, parentHash: hash, receiptsRoot: hash, timestamp, transactions: [] };
    }
    const { fromBlock, toBlock } = question as { readonly fromBlock: string; readonly toBlock: string };
    const isInside = Number(fromBlock) <= logAt && logAt <= Number(toBlock);
    return isInside ? [{ blockNumber: quantity(logAt) }] : [];
  };

describe("npm run audit: a gateway that goes on to a later block", () => {
  it("is compared there where the ledger logged nothing and nothing fell due", async () => {
    const asked: string[] = [];
    const later = laterBlocks(chain(5, asked), history, period({}));
    const expected = { number: 8, hash, time: 1_030 };
    expect(await Promise.all([later(8), later(8)])).to.deep.equal([expected, expected]);
    expect(asked).to.deep.equal(["eth_getBlockByNumber", "eth_getLogs"]);
  });

  it("is not where the ledger has a log up to it, or the node has no such block", async () => {
    expect(await laterBlocks(chain(8), history, period({}))(7)).not.to.equal(undefined);
    expect(await laterBlocks(chain(8), history, period({}))(8)).to.equal(undefined);
    expect(await laterBlocks(chain(6), history, period({}))(8)).to.equal(undefined);
    expect(await laterBlocks(chain(5), history, period({}))(11)).to.equal(undefined);
  });

  for (const moment of ["start", "end", "filingDeadline"] as const) {
    it(`is not where the ${moment} of a period lies between`, async () => {
      expect(await laterBlocks(chain(5), history, period({ [moment]: 1_020 }))(8)).to.equal(undefined);
      expect(await laterBlocks(chain(5), history, period({ [moment]: 1_031 }))(8)).not.to.equal(undefined);
    });
  }
});
