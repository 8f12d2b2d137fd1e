/** A node that lags, answers garbage or 429, cuts connections, keeps silent, or is gone: nothing is lost or doubled. */
import { expect } from "chai";
import type { Address } from "../../../protocol/ids.ts";
import { ForeignOutbox } from "../../../server/outbox/replay.ts";
import { startAnvil, type Anvil } from "../anvil.ts";
import { startFaultyNode, type Fault, type FaultyNode } from "../faulty-node.ts";
import { count, deployCounter, temporaryFolder } from "../gateway.ts";
import { countedAt, eventually, openPublisher, type Publisher } from "../publishing.ts";

describe("a gateway whose node", function () {
  this.timeout(60_000);
  let anvil: Anvil;
  let node: FaultyNode;
  let folder: ReturnType<typeof temporaryFolder>;
  let publisher: Publisher;
  let counter: Address;

  beforeEach(async () => {
    anvil = await startAnvil();
    node = await startFaultyNode(anvil.url);
    folder = temporaryFolder();
    publisher = await openPublisher(folder.path, node.url);
    await publisher.sender.start();
    counter = await deployCounter(publisher.sender);
  });
  afterEach(async () => {
    node.fail(undefined);
    await publisher.close();
    await node.close();
    await anvil.end();
    folder.remove();
  });

  const submit = (from: number, to: number): Promise<unknown> =>
    publisher.sender.submitAll(
      Array.from({ length: to - from }, (_, index) => ({
        ...count(counter, from + index),
        actor: "recorder",
      })),
    );
  const expectOnce = async (operations: number): Promise<void> => {
    await publisher.sender.whenIdle();
    expect(await countedAt(publisher.chain, counter)).to.equal(operations);
    for (let at = 0; at < operations; at++) {
      expect((await publisher.store.operation(`count-${at}`))?.state).to.equal("mined");
    }
  };

  const kinds: readonly (readonly [Fault, string])[] = [
    ["dead", "unavailable"],
    ["error", "unavailable"],
    ["busy", "rateLimit"],
    ["garbage", "garbage"],
    ["nonsense", "garbage"],
    ["silent", "timeout"],
    ["lost", "unavailable"],
  ];
  for (const [fault, kind] of kinds) {
    it(`answers every request with "${fault}" for a while: says so, and all land once when it is well`, async () => {
      node.fail(fault);
      await submit(0, 3);
      await eventually(async () => (await publisher.sender.status()).lastFailure?.kind === kind);
      expect(publisher.notices.join()).to.not.contain("127.0.0.1");
      node.fail(undefined);
      await expectOnce(3);
    });
  }

  it("fails at any single request: all land once, whichever it was", async () => {
    const faults: readonly Fault[] = ["lost", "dead", "garbage", "busy", "nonsense", "error"];
    let at = 0;
    for (let healthy = 0; healthy < 12; healthy++) {
      // So many answers of the chain are well, then one is not. What is well costs the node nothing.
      node.failAfter(healthy, faults[healthy % faults.length] ?? "dead");
      await submit(at, at + 1);
      at += 1;
      await publisher.sender.whenIdle();
    }
    await expectOnce(at);
  });

  it("is behind: waits for it, and takes nothing back that stands", async () => {
    await submit(0, 2);
    await publisher.sender.whenIdle();
    node.lag(2);
    await submit(2, 4);
    await eventually(async () =>
      (await publisher.store.history("count-3")).some(({ what }) => what === "signed"),
    );
    node.lag(0);
    await expectOnce(4);
  });

  it("knows a block before it finds what is in it: waits, and takes nothing for somebody else's", async () => {
    node.hideReceipts(8);
    await submit(0, 1);
    await expectOnce(1);
    expect(publisher.notices.filter((notice) => notice.includes("did not sign"))).to.deep.equal([]);
  });

  it("is another chain's after it was gone: the gateway stops, and has sent it nothing", async () => {
    await publisher.close();
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    publisher = await openPublisher(folder.path, node.url, {}, { onFailure });
    await publisher.sender.start();
    const other = await startAnvil(["--timestamp", "1"]);
    try {
      node.fail("dead");
      await submit(0, 1);
      await eventually(async () => (await publisher.sender.status()).lastFailure?.kind === "unavailable");
      node.target(other.url);
      node.fail(undefined);
      await eventually(async () => failures.length > 0);
      expect(failures[0]).to.be.instanceOf(ForeignOutbox);
      expect(await other.rpc("txpool_status")).to.deep.equal({ pending: "0x0", queued: "0x0" });
      expect(await other.rpc("eth_blockNumber")).to.equal("0x0");
    } finally {
      await other.end();
    }
  });

  it("dies and comes back without what waited in it: that is sent again", async () => {
    await anvil.rpc("evm_setAutomine", false);
    await submit(0, 3);
    const pooled = async (): Promise<boolean> =>
      JSON.stringify(await anvil.rpc("txpool_status")).includes('"pending":"0x3"');
    await eventually(pooled);
    node.fail("dead");
    await anvil.rpc("anvil_dropAllTransactions");
    await eventually(async () => (await publisher.sender.status()).lastFailure?.kind === "unavailable");
    node.fail(undefined);
    await eventually(pooled);
    await anvil.rpc("evm_setAutomine", true);
    await anvil.mine(1);
    await expectOnce(3);
  });
});
