/** Sending to a node where gas costs money and blocks come when the test says so. */
import { expect } from "chai";
import { parseTransaction } from "viem";
import { address, type Address } from "../../../protocol/ids.ts";
import { NotPossible } from "../../../server/outbox/errors.ts";
import type { PublishedSettings } from "../../../server/outbox/published-line.ts";
import { startAnvil, type Anvil } from "../anvil.ts";
import { startFaultyNode, type FaultyNode } from "../faulty-node.ts";
import { count, deployment, temporaryFolder } from "../gateway.ts";
import { countedAt, eventually, openPublisher, type Publisher } from "../publishing.ts";

const ether = 10n ** 18n;
const gwei = 10n ** 9n;

describe("published transactions where gas costs money", function () {
  this.timeout(60_000);
  let anvil: Anvil;
  let folder: ReturnType<typeof temporaryFolder>;
  let publisher: Publisher;
  let recorder: Address;
  let node: FaultyNode | undefined;

  const open = async (settings: Partial<PublishedSettings> = {}, url = anvil.url): Promise<void> => {
    publisher = await openPublisher(folder.path, url, settings);
    recorder = address(publisher.keystore.account("recorder").address);
    await publisher.sender.start();
  };
  const fund = (account: Address): Promise<unknown> =>
    anvil.rpc("anvil_setBalance", account, `0x${ether.toString(16)}`);
  const versions = async () => (await publisher.store.open(10))[0]?.versions ?? [];
  const waiting = async (): Promise<boolean> => (await versions()).length > 0;
  const isInPool = async (): Promise<boolean> =>
    JSON.stringify(await anvil.rpc("txpool_content")).includes((await versions()).at(-1)?.hash ?? "none");
  /** The next block asks for so much, and those behind it for less and less, as they are empty. */
  const baseFee = (wei: bigint): Promise<unknown> =>
    anvil.rpc("anvil_setNextBlockBaseFeePerGas", `0x${wei.toString(16)}`);

  beforeEach(async () => {
    anvil = await startAnvil(["--no-mining"]);
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await publisher.close();
    await node?.close();
    node = undefined;
    await anvil.end();
    folder.remove();
  });

  it("say whom to send money, and go on when it is there", async () => {
    await open();
    await publisher.sender.submit(deployment());
    await eventually(async () => publisher.notices.some((notice) => notice.includes("cannot pay for gas")));
    const poor = await publisher.sender.status();
    expect(poor.lastFailure?.kind).to.equal("noFunds");
    expect(poor.signers.find(({ account }) => account === recorder)).to.deep.include({
      actor: "recorder",
      state: "noFunds",
      reason: `send the chain's money for gas to ${recorder}`,
      balanceWei: 0n,
    });
    await fund(recorder);
    await eventually(isInPool);
    await anvil.mine(1);
    expect((await publisher.sender.waitFor("deploy")).state).to.equal("mined");
    const rich = await publisher.sender.status();
    expect(rich.signers.find(({ account }) => account === recorder)?.state).to.equal("running");
  });

  it("offer at least an eighth more, on both fees and for the same, where blocks pass them by", async () => {
    await open();
    await fund(recorder);
    await publisher.sender.submit(deployment());
    await eventually(isInPool);
    await baseFee(100n * gwei);
    await anvil.mine(6);
    await eventually(async () => (await versions()).length === 2);
    const [first, second] = (await versions()).map(({ raw }) => parseTransaction(raw));
    const { maxFeePerGas: fee = 0n, maxPriorityFeePerGas: tip = 0n, ...rest } = first ?? {};
    expect(second?.maxFeePerGas).to.satisfy((raised: bigint) => raised * 8n >= fee * 9n);
    expect(second?.maxPriorityFeePerGas).to.satisfy((raised: bigint) => raised * 8n >= tip * 9n);
    expect(second).to.deep.include({ nonce: rest.nonce, data: rest.data, gas: rest.gas });
    await eventually(isInPool);
    await anvil.mine(1);
    const { mined } = await publisher.sender.waitFor("deploy");
    const happenings = await publisher.store.history("deploy");
    expect(happenings.map(({ what }) => what)).to.deep.equal([
      "queued",
      "signed",
      "replaced",
      "included",
      "mined",
    ]);
    expect(mined?.transaction).to.equal(happenings[2]?.transaction);
  });

  it("offer more where blocks pass them by, also where the node refuses nothing", async () => {
    node = await startFaultyNode(anvil.url);
    await open({}, node.url);
    await fund(recorder);
    await publisher.sender.submit(deployment());
    await eventually(isInPool);
    // Out of reach, the node forgets it, and makes the blocks that are one's patience.
    node.fail("dead");
    await anvil.rpc("anvil_dropAllTransactions");
    await anvil.mine(5);
    node.fail(undefined);
    await eventually(async () => (await versions()).length === 2 && (await isInPool()));
    await anvil.mine(1);
    expect((await publisher.sender.waitFor("deploy")).state).to.equal("mined");
  });

  it("offer no more than the operator lets them", async () => {
    await open({ maxFeePerGas: 4n * gwei });
    await fund(recorder);
    await publisher.sender.submit(deployment());
    await eventually(isInPool);
    await baseFee(100n * gwei);
    await anvil.mine(6);
    await eventually(async () => (await versions()).length === 2);
    const offered = (await versions()).map(({ raw }) => parseTransaction(raw).maxFeePerGas);
    expect(offered[1]).to.equal(4n * gwei);
    // What cannot be raised by an eighth any more stays as it is.
    await anvil.mine(6);
    expect(await versions()).to.have.length(2);
  });

  it("are mined by whichever of their versions a block takes", async () => {
    await open();
    await fund(recorder);
    await publisher.sender.submit(deployment());
    await eventually(isInPool);
    const [first] = await versions();
    await baseFee(100n * gwei);
    await anvil.mine(6);
    await eventually(isInPool);
    await anvil.rpc("anvil_dropAllTransactions");
    await baseFee(gwei);
    await anvil.rpc("eth_sendRawTransaction", first?.raw);
    await anvil.mine(1);
    const { mined, state } = await publisher.sender.waitFor("deploy");
    expect(state).to.equal("mined");
    expect(mined?.transaction).to.equal(first?.hash);
  });

  it("are cancelled by an empty one of their nonce, unless a block took them first", async () => {
    await open();
    await fund(recorder);
    await publisher.sender.submit(deployment());
    await eventually(isInPool);
    await anvil.mine(1);
    const counter = (await publisher.sender.waitFor("deploy")).mined?.contractAddress;
    if (counter === undefined) throw new Error("the counter was not created");
    await publisher.sender.submitAll([{ ...count(counter, 0), actor: "recorder" }]);
    await eventually(isInPool);
    expect(await publisher.sender.cancel("count-0")).to.equal("asked");
    await eventually(async () => (await versions()).length === 2 && (await isInPool()));
    await anvil.mine(1);
    expect((await publisher.sender.waitFor("count-0")).state).to.equal("cancelled");
    expect(await countedAt(publisher.chain, counter)).to.equal(0);
    const refusal = await publisher.sender.cancel("count-0").catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(NotPossible);
    await publisher.sender.submit({ ...count(counter, 0, "after"), actor: "recorder" });
    await eventually(waiting);
    await eventually(isInPool);
    await anvil.mine(1);
    expect((await publisher.sender.waitFor("after")).state).to.equal("mined");
    expect(await countedAt(publisher.chain, counter)).to.equal(1);
  });
});
