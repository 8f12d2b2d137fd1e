/** Whether a gateway follows, asked of a node that takes ranges of 10,000 blocks and no longer ones. */
import { expect } from "chai";
import { quantity } from "../../../chain/light/logs.ts";
import { Checks } from "../../../protocol/audit/check.ts";
import { checkFollows } from "../../../scripts/audit/gateway/head.ts";
import { NodeFailure, type Ask } from "../../../scripts/audit/node.ts";
import { logRangeBlocks } from "../../../server/chain/rpc.ts";
import { address, bytes32 } from "../../../protocol/ids.ts";

const ledger = address(`0x${"11".repeat(20)}`);
const hash = bytes32(`0x${"22".repeat(32)}`);
const audited = 5;

/** The findings about a gateway at the audited block, where the chain has one log behind it. */
const findingsOf = async (head: number, logAt: number, longestBlocks: number): Promise<readonly string[]> => {
  const ask: Ask = async (method, [question]) => {
    if (method === "eth_getBlockByNumber") {
      const block = { hash, parentHash: hash, receiptsRoot: hash, timestamp: "0x0", transactions: [] };
      return { ...block, number: quantity(head) };
    }
    const { fromBlock, toBlock } = question as { readonly fromBlock: string; readonly toBlock: string };
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    if (to - from >= longestBlocks) throw new NodeFailure("refused", method, "too many blocks");
    return from <= logAt && logAt <= to ? [{ blockNumber: quantity(logAt) }] : [];
  };
  const checks = new Checks();
  const told = { chainId: 1, ledger, block: audited, hash, time: "", finalityBlocks: 0 };
  const block = { number: audited, hash, time: 0 };
  const history = { chainId: 1, ledger, block, logs: 0, events: [] };
  await checkFollows(checks, ask, async () => ({ head: told, data: {}, next: undefined }), history);
  return checks.results().flatMap(({ findings }) => findings.map(({ sentence }) => sentence));
};

describe("npm run audit: whether a gateway follows", () => {
  const oldBooks = (logAt: number): string =>
    `the gateway shows old books: it speaks of block ${audited}, the chain has logs of the ledger up to block ${logAt}`;

  it("is asked in parts, however far the chain went on", async () => {
    for (const logAt of [6, 9_000, 50_000, 100_000]) {
      expect(await findingsOf(100_000, logAt, logRangeBlocks)).to.deep.equal([oldBooks(logAt)]);
    }
    expect(await findingsOf(100_000, audited, logRangeBlocks)).to.deep.equal([]);
  });

  it("is not answered by a node that refuses a single block", async () => {
    let refusal: unknown;
    await findingsOf(10, 7, 0).catch((error: unknown) => {
      refusal = error;
    });
    expect(refusal).to.be.instanceOf(NodeFailure);
  });
});
