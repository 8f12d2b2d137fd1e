/** Sending to a real node that is not ours, where gas is free: blocks of its own, and blocks that are replaced. */
import { expect } from "chai";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { address, bytes32, type Address } from "../../../protocol/ids.ts";
import { FinalBlockReplaced, NotPossible } from "../../../server/outbox/errors.ts";
import type { Step } from "../../../server/outbox/line.ts";
import type { PublishedSettings } from "../../../server/outbox/published-line.ts";
import { ForeignOutbox } from "../../../server/outbox/replay.ts";
import type { SenderOptions } from "../../../server/outbox/sender.ts";
import { startAnvil, type Anvil } from "../anvil.ts";
import { expectPosition, refuserInitcode, signed, stalePosition, testAccount } from "../contracts.ts";
import { count, deployCounter, deployment, temporaryFolder } from "../gateway.ts";
import { countedAt, eventually, openPublisher, type Publisher } from "../publishing.ts";

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("expected a rejection"),
    (error: unknown) => error,
  );

describe("published transactions", function () {
  this.timeout(60_000);
  let anvil: Anvil;
  let folder: ReturnType<typeof temporaryFolder>;
  let publisher: Publisher;
  let counter: Address;

  const open = async (
    settings: Partial<PublishedSettings> = {},
    options: Partial<SenderOptions> = {},
  ): Promise<void> => {
    publisher = await openPublisher(folder.path, anvil.url, settings, options);
    await publisher.sender.start();
  };
  const restart = async (
    settings: Partial<PublishedSettings> = {},
    options: Partial<SenderOptions> = {},
  ): Promise<void> => {
    await publisher.close();
    await open(settings, options);
  };
  /** Counts from `position`, all by one signer. */
  const step = (position: number, id = `step-${position}`) => ({
    ...count(counter, position, id),
    actor: "recorder",
  });
  const counted = () => countedAt(publisher.chain, counter);
  const stateOf = async (id: string) => (await publisher.store.operation(id))?.state;
  const whats = async (id: string) => (await publisher.store.history(id)).map(({ what }) => what);
  const accountOf = (actor: string) => publisher.keystore.account(actor);

  before(async () => {
    anvil = await startAnvil();
  });
  after(() => anvil.end());
  beforeEach(async () => {
    folder = temporaryFolder();
    await open();
    counter = await deployCounter(publisher.sender);
  });
  afterEach(async () => {
    await publisher.close();
    folder.remove();
  });

  it("land in the order of acceptance, whoever signs", async () => {
    await publisher.sender.submitAll(
      [0, 1, 2, 3, 4, 6].map((at, index) => ({ ...count(counter, at), call: count(counter, index).call })),
    );
    await publisher.sender.whenIdle();
    expect(await counted()).to.equal(6);
    const { mined } = await publisher.sender.waitFor("count-4");
    expect(mined?.gasUsed).to.satisfy((gas: bigint) => gas > 21_000n);
    expect(await whats("count-4")).to.deep.equal(["queued", "signed", "included", "mined"]);
  });

  it("count once they have their blocks on top, not before", async () => {
    await restart({ finalityBlocks: 3 });
    await publisher.sender.submit(step(0));
    await eventually(async () => (await whats("step-0")).includes("included"));
    expect(await stateOf("step-0")).to.equal("signed");
    await anvil.mine(2);
    await publisher.sender.status();
    expect(await stateOf("step-0")).to.equal("signed");
    await anvil.mine(1);
    expect((await publisher.sender.waitFor("step-0")).state).to.equal("mined");
  });

  it("are sent again where the block that held them was replaced, and land once", async () => {
    await restart({ finalityBlocks: 6 });
    await publisher.sender.submitAll([step(0), step(1), step(2)]);
    await eventually(async () => (await whats("step-2")).includes("included"));
    await anvil.rpc("anvil_reorg", 3, []);
    await eventually(async () => (await whats("step-2")).includes("excluded"));
    await eventually(async () => (await counted()) === 3);
    await anvil.mine(8);
    for (const id of ["step-0", "step-1", "step-2"]) {
      expect((await publisher.sender.waitFor(id)).state, id).to.equal("mined");
    }
    expect(await counted()).to.equal(3);
  });

  it("are sent again where the chain was cut, whether it is known at once or after a restart", async () => {
    await restart({ finalityBlocks: 6 });
    const snapshot = await anvil.rpc("evm_snapshot");
    await publisher.sender.submitAll([step(0), step(1)]);
    await eventually(async () => (await whats("step-1")).includes("included"));
    await anvil.rpc("evm_revert", snapshot);
    await restart({ finalityBlocks: 6 });
    await eventually(async () => (await counted()) === 2);
    await anvil.mine(8);
    await publisher.sender.whenIdle();
    expect([await stateOf("step-0"), await stateOf("step-1")]).to.deep.equal(["mined", "mined"]);
  });

  it("stop the gateway where a block that counted was replaced", async () => {
    const failures: unknown[] = [];
    await restart({}, { onFailure: (error) => failures.push(error) });
    await publisher.sender.submit(step(0));
    await publisher.sender.whenIdle();
    await anvil.rpc("anvil_reorg", 2, []);
    await eventually(async () => failures.length > 0);
    expect(failures[0]).to.be.instanceOf(FinalBlockReplaced);
    await publisher.close();
    publisher = await openPublisher(folder.path, anvil.url);
    expect(await rejection(publisher.sender.start())).to.be.instanceOf(FinalBlockReplaced);
  });

  it("that revert fail with the contract's error", async () => {
    await publisher.sender.submit(step(5));
    expect((await publisher.sender.waitFor("step-5")).failure).to.deep.include({
      reason: "reverted",
      revertData: stalePosition + "0".repeat(64),
    });
    await publisher.sender.submit(deployment("refuser", refuserInitcode));
    const refuser = (await publisher.sender.waitFor("refuser")).mined?.contractAddress;
    if (refuser === undefined) throw new Error("the contract was not created");
    await publisher.sender.submit(count(refuser, 0, "refused"));
    expect((await publisher.sender.waitFor("refused")).failure).to.deep.include({
      revertData: expectPosition(0),
    });
  });

  it("of a stale position are signed anew until they land", async () => {
    await restart(
      {},
      {
        staleErrors: [stalePosition],
        rebuild: new Map([
          ["count", async ({ previous }) => ({ ...previous, calldata: expectPosition(await counted()) })],
        ]),
      },
    );
    await publisher.sender.submitAll([step(7), step(8), step(0), step(9)]);
    await publisher.sender.whenIdle();
    expect(await counted()).to.equal(4);
    expect(await stateOf("step-9")).to.equal("mined");
  });

  it("go on behind a nonce that is missing in the table, once an empty one fills it", async () => {
    const account = accountOf("recorder");
    const recorder = address(account.address);
    const missing = await publisher.store.nextNonce(recorder);
    await publisher.sender.stop();
    await publisher.store.accept([step(0)]);
    const raw = await account.signTransaction({
      type: "eip1559",
      chainId: publisher.chain.chainId,
      nonce: missing + 1,
      gas: 200_000n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      to: counter,
      data: expectPosition(0),
    });
    const hash = bytes32(String(await anvil.rpc("web3_sha3", raw)));
    await publisher.store.keepSigned([
      {
        hash,
        raw,
        signer: recorder,
        nonce: missing + 1,
        operations: [{ id: "step-0", kind: "count", firstPart: 0, parts: 1, attempts: 1 }],
      },
    ]);
    await restart();
    expect((await publisher.sender.waitFor("step-0")).state).to.equal("mined");
    expect(await publisher.store.nonces(recorder, missing)).to.deep.equal([missing, missing + 1]);
  });

  it("of a key that somebody else uses stop loudly, and nobody else's do", async () => {
    const account = accountOf("recorder");
    const recorder = address(account.address);
    const foreign = await account.signTransaction({
      type: "eip1559",
      chainId: publisher.chain.chainId,
      nonce: await publisher.store.nextNonce(recorder),
      gas: 21_000n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      to: recorder,
    });
    await anvil.rpc("eth_sendRawTransaction", foreign);
    await publisher.sender.submit(step(0));
    await eventually(async () => publisher.notices.some((notice) => notice.includes("did not sign")));
    await publisher.sender.submit({ ...step(0, "other"), actor: "treasurer" });
    expect((await publisher.sender.waitFor("other")).state).to.equal("mined");
    await restart();
    const { signers, pending } = await publisher.sender.status();
    expect(signers.find(({ actor }) => actor === "recorder")).to.deep.include({
      state: "stopped",
      underWay: 1,
    });
    expect(signers.find(({ actor }) => actor === "treasurer")?.state).to.equal("running");
    expect(pending).to.equal(1);
    // A start does not wait for what waits for an operator.
    await publisher.sender.whenIdle();
    expect(await stateOf("step-0")).to.equal("signed");
    // An empty transaction in its place would never be sent. What has no bytes yet can be taken out.
    const refused = await rejection(publisher.sender.cancel("step-0"));
    expect(refused)
      .to.be.instanceOf(NotPossible)
      .with.property("message")
      .that.contains("its key is stopped");
    await publisher.sender.submit(step(1, "behind"));
    expect(await publisher.sender.cancel("behind")).to.equal("cancelled");
    expect((await publisher.sender.history("step-0")).entries.map(({ what }) => what)).to.not.include(
      "cancelling",
    );
  });

  it("of a key that somebody else used while nobody looked are not made any more", async () => {
    const account = accountOf("recorder");
    const recorder = address(account.address);
    const nonce = await publisher.store.nextNonce(recorder);
    await publisher.close();
    const foreign = await account.signTransaction({
      type: "eip1559",
      chainId: publisher.chain.chainId,
      nonce,
      gas: 21_000n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      to: recorder,
    });
    await anvil.rpc("eth_sendRawTransaction", foreign);
    await open();
    const { signers } = await publisher.sender.status();
    const stopped = signers.find(({ actor }) => actor === "recorder");
    expect(stopped).to.deep.include({ state: "stopped", underWay: 0 });
    expect(stopped?.reason).to.contain(
      `nonce ${nonce} was used by a transaction that this gateway did not sign`,
    );
  });

  it("that others signed land too, behind what their key did elsewhere, and keep nobody waiting", async () => {
    const { chainId } = publisher.chain;
    const account = address(testAccount.address);
    const elsewhere = await signed(0, counter, expectPosition(9), 200_000n, chainId);
    await anvil.rpc("eth_sendRawTransaction", elsewhere.raw);
    const relayed = async (nonce: number, position: number) => {
      const calldata = expectPosition(position);
      const { hash, raw } = await signed(nonce, counter, calldata, 200_000n, chainId);
      return {
        id: hash,
        kind: "relay",
        actor: account,
        call: { to: counter, calldata, gasLimit: 200_000n },
        relayed: { hash, raw, signer: account, nonce, nonceOnChain: 1 },
        request: raw,
      };
    };
    await publisher.sender.submit(await relayed(1, 0));
    await publisher.sender.whenIdle();
    expect(await counted()).to.equal(1);
    await anvil.rpc("evm_setAutomine", false);
    try {
      await publisher.sender.submitAll([await relayed(2, 1), step(2, "behind")]);
      await eventually(async () => (await stateOf("behind")) === "signed");
    } finally {
      await anvil.rpc("evm_setAutomine", true);
      await anvil.mine(1);
    }
    await publisher.sender.whenIdle();
  });

  it("of operations that are suspended or cancelled are not made", async () => {
    await anvil.rpc("evm_setAutomine", false);
    try {
      await publisher.sender.submit(step(0));
      await eventually(async () => (await stateOf("step-0")) === "signed");
      // Behind a signer that waits for its block, another's operation is still queued.
      await publisher.sender.submitAll(
        ["held", "gone"].map((id) => ({ ...step(1, id), actor: "treasurer" })),
      );
      await publisher.sender.suspend("held");
      expect(await publisher.sender.cancel("gone")).to.equal("cancelled");
      expect((await publisher.sender.waitFor("gone")).state).to.equal("cancelled");
      expect(await rejection(publisher.sender.cancel("gone"))).to.be.instanceOf(NotPossible);
      // Gas is free: nothing outbids what is signed.
      expect(await rejection(publisher.sender.cancel("step-0"))).to.be.instanceOf(NotPossible);
    } finally {
      await anvil.rpc("evm_setAutomine", true);
      await anvil.mine(1);
    }
    await publisher.sender.whenIdle();
    expect(await counted()).to.equal(1);
    await publisher.sender.resume("held");
    expect((await publisher.sender.waitFor("held")).state).to.equal("mined");
    expect(await counted()).to.equal(2);
  });

  it("are for one chain: another one with the same folder is refused", async () => {
    const other = await startAnvil();
    try {
      await publisher.close();
      publisher = await openPublisher(folder.path, other.url);
      expect(await rejection(publisher.sender.start())).to.be.instanceOf(ForeignOutbox);
    } finally {
      await other.end();
    }
  });

  const steps: readonly Step[] = ["accepted", "signed", "sent", "included", "settled"];
  const operations = 4;
  const runKilled = (path: string, at: string, times: number) =>
    new Promise<{ readonly acknowledged: readonly string[]; readonly signal: string | null }>(
      (resolve, reject) => {
        const script = join(import.meta.dirname, "killed-publisher.ts");
        const parameters = [script, path, anvil.url, at, String(times), String(operations)];
        const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "pipe"] });
        let [output, errors] = ["", ""];
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
        child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
        child.once("close", (code, signal) => {
          if (signal !== "SIGKILL" && code !== 0) reject(new Error(errors));
          else resolve({ acknowledged: output.split("\n").filter((line) => line !== ""), signal });
        });
      },
    );

  it("of a gateway that is killed at every step in turn land once each", async () => {
    const own = temporaryFolder();
    try {
      for (const at of steps) expect((await runKilled(own.path, at, 1)).signal, at).to.equal("SIGKILL");
      const last = await runKilled(own.path, "none", 1);
      expect(last.signal).to.equal(null);
      expect(last.acknowledged).to.have.length(operations + 1);
      const again = await openPublisher(own.path, anvil.url);
      try {
        await again.sender.start();
        const created = (await again.store.operation("deploy"))?.mined?.contractAddress;
        if (created === undefined) throw new Error("the counter is gone");
        expect(await countedAt(again.chain, created)).to.equal(operations);
      } finally {
        await again.close();
      }
    } finally {
      own.remove();
    }
  });
});
