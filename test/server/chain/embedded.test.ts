import { expect } from "chai";
import { createPublicClient } from "viem";
import { bytes32 } from "../../../protocol/ids.ts";
import { EmbeddedChain, HardhatVersionMismatch } from "../../../server/chain/embedded.ts";
import { blockGas, genesisTimeSeconds } from "../../../server/chain/pinned.ts";
import { PlanRefused } from "../../../server/chain/port.ts";
import { RpcFailure } from "../../../server/chain/rpc.ts";
import { counterInitcode, expectPosition, refuserInitcode, signed, stalePosition } from "../contracts.ts";

const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
};

describe("the embedded chain", () => {
  let chain: EmbeddedChain;
  beforeEach(async () => {
    chain = await EmbeddedChain.create();
  });
  afterEach(() => chain.close());

  it("begins with a block 0 that never changes", async () => {
    const head = await chain.head();
    expect(head.number).to.equal(0);
    expect(head.time).to.equal(genesisTimeSeconds);
    expect(head.hash).to.equal("0xb9d46561051dcf705991b7e2570b8a4c878f30a5bee0d73b48e4e8737b5b93a0");
  });

  it("makes the same blocks from the same plans, whatever was read in between", async () => {
    const other = await EmbeddedChain.create();
    const time = genesisTimeSeconds + 1000;
    const deploy = await signed(0, undefined, counterInitcode);
    const first = { number: 1, time, transactions: [deploy] };
    const one = await chain.mineBlock(first);
    await other.request({ method: "eth_call", params: [{ to: `0x${"00".repeat(19)}04` }, "pending"] });
    await other.request({ method: "eth_getBlockByNumber", params: ["pending", true] });
    expect(await other.mineBlock(first)).to.deep.equal(one);
    const empty = { number: 2, time: time + 5, transactions: [] };
    expect((await chain.mineBlock(empty)).hash).to.equal((await other.mineBlock(empty)).hash);
    await other.close();
  });

  it("leaves the base fee at zero after the fullest block that is ever planned", async () => {
    const transactions = [];
    // The invalid opcode as initcode burns all the gas there is.
    for (let nonce = 0; nonce < 4; nonce++)
      transactions.push(await signed(nonce, undefined, "0xfe", blockGas / 4n));
    await chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions });
    await chain.mineBlock({ number: 2, time: genesisTimeSeconds, transactions: [] });
    const client = createPublicClient({ transport: chain.transport() });
    const block = await client.getBlock({ blockNumber: 1n });
    expect(block.gasUsed).to.equal(blockGas);
    expect((await client.getBlock({ blockNumber: 2n })).baseFeePerGas).to.equal(0n);
  });

  it("tells the created contract, success and the contract's error of a revert", async () => {
    const deploy = await signed(0, undefined, counterInitcode);
    await chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions: [deploy] });
    const created = await chain.outcome(deploy.hash);
    if (created?.status !== "succeeded" || created.contractAddress === undefined)
      throw new Error("not created");
    const good = await signed(1, created.contractAddress, expectPosition(0));
    const stale = await signed(2, created.contractAddress, expectPosition(7));
    const block = await chain.mineBlock({ number: 2, time: genesisTimeSeconds, transactions: [good, stale] });
    expect(await chain.outcome(good.hash)).to.include({ status: "succeeded", blockHash: block.hash });
    expect(await chain.outcome(stale.hash)).to.include({
      status: "reverted",
      blockNumber: 2,
      revertData: stalePosition + "01".padStart(64, "0"),
    });
    expect(await chain.outcome(bytes32(`0x${"ab".repeat(32)}`))).to.equal(undefined);
  });

  it("refuses a plan that does not follow the head", async () => {
    const error = await rejection(chain.mineBlock({ number: 2, time: genesisTimeSeconds, transactions: [] }));
    expect(error).to.be.instanceOf(PlanRefused).with.property("blockNumber", 2);
  });

  it("refuses a plan that is older than its parent", async () => {
    const error = await rejection(
      chain.mineBlock({ number: 1, time: genesisTimeSeconds - 1, transactions: [] }),
    );
    expect(error).to.be.instanceOf(PlanRefused).with.property("blockNumber", 1);
  });

  it("refuses a block that does not hold exactly the planned transactions in order", async () => {
    const gap = await signed(1, undefined, counterInitcode);
    const error = await rejection(
      chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions: [gap] }),
    );
    expect(error)
      .to.be.instanceOf(PlanRefused)
      .with.property("message")
      .that.contains("1 transactions planned, 0 mined");
  });

  it("refuses a transaction that is not valid, naming the block", async () => {
    const poor = await signed(0, undefined, counterInitcode, 21_000n);
    const error = await rejection(
      chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions: [poor] }),
    );
    expect(error).to.be.instanceOf(PlanRefused).with.property("message").that.contains("not accepted");
  });

  it("refuses to run on another Hardhat than the one that made the recorded blocks", async () => {
    const error = await rejection(EmbeddedChain.create(8650, "3.10.0"));
    expect(error).to.be.instanceOf(HardhatVersionMismatch).with.property("expected", "3.10.0");
  });

  describe("read-only JSON-RPC", () => {
    for (const method of [
      "evm_mine",
      "eth_sendRawTransaction",
      "hardhat_setBalance",
      "debug_traceTransaction",
    ]) {
      it(`refuses ${method}`, async () => {
        const error = await rejection(chain.request({ method, params: [] }));
        expect(error).to.be.instanceOf(RpcFailure).with.property("code", -32601);
      });
    }

    it("hands over the contract's error of a reverted call", async () => {
      const deploy = await signed(0, undefined, refuserInitcode);
      await chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions: [deploy] });
      const outcome = await chain.outcome(deploy.hash);
      if (outcome?.status !== "succeeded") throw new Error("not created");
      const call = { to: outcome.contractAddress, data: "0xc0ffee00" };
      const error = await rejection(chain.request({ method: "eth_call", params: [call, "latest"] }));
      expect(error).to.be.instanceOf(RpcFailure).with.property("data", "0xc0ffee00");
    });

    it("runs no code that a caller brings along", async () => {
      const to = `0x${"00".repeat(19)}aa`;
      for (const params of [
        [{ data: "0x5b5f56" }],
        [{ to, data: "0x" }, "latest", { [to]: { code: "0x5b5f56" } }],
      ]) {
        const error = await rejection(chain.request({ method: "eth_call", params }));
        expect(error).to.be.instanceOf(RpcFailure).with.property("code", -32602);
      }
    });

    it("bounds the gas of a call, asked for or not", async () => {
      // Answers the gas that is left: GAS PUSH0 MSTORE PUSH1 32 PUSH0 RETURN.
      const deploy = await signed(0, undefined, "0x675a5f5260205ff3005f5260086018f3");
      await chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions: [deploy] });
      const outcome = await chain.outcome(deploy.hash);
      if (outcome?.status !== "succeeded") throw new Error("not created");
      for (const asked of [{}, { gas: "0xffffffff" }]) {
        const call = { to: outcome.contractAddress, ...asked };
        const left = await chain.request({ method: "eth_call", params: [call] });
        expect(Number(left)).to.be.within(29_000_000, 30_000_000);
      }
    });
  });
});
