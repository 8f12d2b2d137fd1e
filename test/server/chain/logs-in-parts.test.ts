import { expect } from "chai";
import { logsInParts } from "../../../server/chain/logs-in-parts.ts";
import { quantity } from "../../../server/chain/wire.ts";

describe("logs of the embedded chain", () => {
  const topics = [`0x${"11".repeat(32)}`];
  let ranges: string[] = [];
  beforeEach(() => {
    ranges = [];
  });

  /** A chain with one log of `dataBytes` in each block. */
  const chainOf =
    (dataBytes: number) =>
    async (_method: string, [filter]: readonly unknown[]): Promise<unknown> => {
      const { fromBlock, toBlock } = filter as { readonly fromBlock: string; readonly toBlock: string };
      const [from, to] = [Number(fromBlock), Number(toBlock)];
      ranges.push(`${from}-${to}`);
      const data = `0x${"00".repeat(dataBytes)}`;
      return Array.from({ length: to - from + 1 }, (_, at) => ({ blockNumber: quantity(from + at), data }));
    };
  const asked = (fromBlock: number, toBlock: number) => [
    { fromBlock: quantity(fromBlock), toBlock: quantity(toBlock), topics },
  ];

  it("are taken some blocks at a time and told whole, each once, in order", async () => {
    const logs = await logsInParts(asked(7, 120), chainOf(1));
    const numbers = Array.from({ length: 114 }, (_, at) => quantity(7 + at));
    expect(logs).to.deep.equal(numbers.map((blockNumber) => ({ blockNumber, data: "0x00" })));
    expect(ranges).to.deep.equal(["7-56", "57-106", "107-120"]);
    expect(await logsInParts(asked(9, 8), chainOf(1))).to.deep.equal([]);
  });

  it("are read no further than one answer may be long", async () => {
    // 8 MiB in hexadecimal a part: two do not fit, with what stands around them.
    const dataBytes = (4 * 1024 * 1024) / 50;
    let refusal: unknown;
    await logsInParts(asked(0, 9_999), chainOf(dataBytes)).catch((error: unknown) => {
      refusal = error;
    });
    expect(refusal).to.deep.include({ code: -32_005 });
    expect(refusal).to.have.property("message").that.contains("ask for a smaller range");
    expect(ranges).to.deep.equal(["0-49", "50-99"]);
  });

  it("of one block by its hash are asked for as they are", async () => {
    const question = [{ blockHash: `0x${"22".repeat(32)}` }];
    const chain = async (method: string, params: readonly unknown[]) => ({ method, params });
    expect(await logsInParts(question, chain)).to.deep.equal({ method: "eth_getLogs", params: question });
  });
});
