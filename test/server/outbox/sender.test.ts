import { expect } from "chai";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { Address } from "../../../protocol/ids.ts";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { UnknownActor } from "../../../server/keys/keystore.ts";
import {
  InvalidOperationId,
  QueueFull,
  SenderStopped,
  UnknownOperation,
} from "../../../server/outbox/errors.ts";
import { GasOutOfRange } from "../../../server/outbox/gas.ts";
import { checkIdentity, ForeignOutbox } from "../../../server/outbox/replay.ts";
import type { SenderOptions } from "../../../server/outbox/sender.ts";
import type { Rebuild } from "../../../server/outbox/signing.ts";
import { AlreadyRecorded, IdempotencyConflict, OperationConflict } from "../../../server/outbox/store.ts";
import { expectPosition, refuserInitcode, stalePosition } from "../contracts.ts";
import {
  count,
  counted,
  deployCounter,
  deployment,
  openGateway,
  startsAt,
  temporaryFolder,
} from "../gateway.ts";
import type { Gateway } from "../gateway.ts";

/** The operations of each transaction of a block. */
const carriedBy = async (gateway: Gateway, block: number) =>
  (await gateway.store.plan(block))?.transactions.map(({ operations }) => operations.map(({ id }) => id));

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("expected a rejection"),
    (error: unknown) => error,
  );

describe("the sender", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let gateway: Gateway;
  let counter: Address;

  const restart = async (options: Partial<SenderOptions> = {}): Promise<void> => {
    await gateway.close();
    gateway = await openGateway(folder.path, options);
    await gateway.sender.start();
  };
  /** Counts on whatever position the chain has come to. */
  const rebuildCount: Rebuild = async ({ previous }) => ({
    ...previous,
    calldata: expectPosition(await counted(gateway.chain, counter)),
  });
  const withRebuild: Partial<SenderOptions> = {
    staleErrors: [stalePosition],
    rebuild: new Map([["count", rebuildCount]]),
  };
  const position = (value: number): string => value.toString(16).padStart(64, "0");

  beforeEach(async () => {
    folder = temporaryFolder();
    gateway = await openGateway(folder.path);
    await gateway.sender.start();
    counter = await deployCounter(gateway.sender);
  });
  afterEach(async () => {
    await gateway.close();
    folder.remove();
  });

  it("mines what it accepted, in the order of acceptance, whoever signs", async () => {
    await gateway.sender.submitAll([0, 1, 2, 3, 4].map((at) => count(counter, at)));
    await gateway.sender.whenIdle();
    expect(await counted(gateway.chain, counter)).to.equal(5);
    const operation = await gateway.sender.waitFor("count-4");
    expect(operation).to.include({ state: "mined", actor: "recorder", kind: "count" });
    expect(operation.mined?.blockNumber).to.equal(2);
    expect(operation.mined?.gasUsed).to.satisfy((gas: bigint) => gas > 21_000n);
  });

  it("puts up to 100 transactions into a block, at the clock's time", async () => {
    gateway.clock.advanceTo(startsAt + 60);
    await gateway.sender.submitAll(Array.from({ length: 130 }, (_, at) => count(counter, at)));
    await gateway.sender.whenIdle();
    expect((await gateway.store.plan(2))?.transactions).to.have.length(100);
    expect((await gateway.store.plan(3))?.transactions).to.have.length(30);
    expect((await gateway.chain.block(2))?.time).to.equal(startsAt + 60);
    expect(await counted(gateway.chain, counter)).to.equal(130);
  });

  it("puts no more gas into a block than the simulator can remember", async () => {
    const heavy = { ...count(counter, 0).call, gasLimit: 8_000_000n };
    await gateway.sender.submitAll(
      [0, 1, 2, 3, 4].map((at) => ({
        ...count(counter, at),
        call: { ...heavy, calldata: expectPosition(at) },
      })),
    );
    await gateway.sender.whenIdle();
    expect(await counted(gateway.chain, counter)).to.equal(5);
    const sizes = [2, 3, 4].map(async (block) => (await gateway.store.plan(block))?.transactions.length);
    expect(await Promise.all(sizes)).to.deep.equal([2, 2, 1]);
  });

  it("numbers each signer's transactions without a gap, across restarts", async () => {
    await gateway.sender.submitAll([0, 1, 2].map((at) => count(counter, at)));
    await gateway.sender.whenIdle();
    await restart();
    await gateway.sender.submitAll([3, 4].map((at) => count(counter, at)));
    await gateway.sender.whenIdle();
    const nonces = new Map<string, number[]>();
    for (let block = 1; block <= (await gateway.store.lastPlanNumber()); block++) {
      for (const attempt of (await gateway.store.plan(block))?.transactions ?? []) {
        nonces.set(attempt.signer, [...(nonces.get(attempt.signer) ?? []), attempt.nonce]);
      }
    }
    expect([...nonces.values()].map((list) => list.join())).to.have.members(["0,1,2,3", "0,1"]);
  });

  describe("a repeated request", () => {
    it("with the same id is the same operation", async () => {
      await gateway.sender.submit(count(counter, 0));
      expect(await gateway.sender.submit(count(counter, 0))).to.deep.equal({
        id: "count-0",
        acceptance: "known",
      });
      await gateway.sender.whenIdle();
      await restart();
      expect((await gateway.sender.submit(count(counter, 0))).acceptance).to.equal("known");
      expect(await counted(gateway.chain, counter)).to.equal(1);
    });

    it("with the same idempotency key answers the first operation's id", async () => {
      await gateway.sender.submit({ ...count(counter, 0), idempotencyKey: "key" });
      const again = await gateway.sender.submit({ ...count(counter, 0, "other-id"), idempotencyKey: "key" });
      expect(again).to.deep.equal({ id: "count-0", acceptance: "known" });
    });

    it("with the same key or id and another body is refused", async () => {
      await gateway.sender.submit({ ...count(counter, 0), idempotencyKey: "key" });
      const key = await rejection(gateway.sender.submit({ ...count(counter, 1), idempotencyKey: "key" }));
      expect(key).to.be.instanceOf(IdempotencyConflict).with.property("operation", "count-0");
      const id = await rejection(gateway.sender.submit(count(counter, 1, "count-0")));
      expect(id).to.be.instanceOf(OperationConflict).with.property("operation", "count-0");
    });
  });

  describe("a payment's reference", () => {
    const gift = (number: string) => ({ channel: "invented-pay", transactionNumber: number });

    it("is recorded once, and the refusal names positions, not numbers", async () => {
      await gateway.sender.submit({ ...count(counter, 0), references: [gift("N1"), gift("N2")] });
      await gateway.sender.whenIdle();
      const again = { ...count(counter, 1), references: [gift("N3"), gift("N2")] };
      const error = await rejection(gateway.sender.submit(again));
      expect(error).to.be.instanceOf(AlreadyRecorded).with.deep.property("indexes", [1]);
      expect(String(error)).not.to.contain("N2");
      expect(await gateway.store.recorded([gift("N1"), gift("N3"), gift("N2")])).to.deep.equal([0, 2]);
    });

    it("may not be twice in one operation", async () => {
      const twice = { ...count(counter, 0), references: [gift("N1"), gift("N1")] };
      expect(await rejection(gateway.sender.submit(twice))).to.be.instanceOf(AlreadyRecorded);
      expect(await gateway.store.recorded([gift("N1")])).to.deep.equal([]);
    });

    it("is free again when its operation failed", async () => {
      await gateway.sender.submit({ ...count(counter, 9), references: [gift("N1")] });
      expect((await gateway.sender.waitFor("count-9")).state).to.equal("failed");
      expect(await gateway.store.recorded([gift("N1")])).to.deep.equal([]);
    });

    it("leaves a mark that points to nothing", async () => {
      await gateway.sender.submit({ ...count(counter, 0), references: [gift("N1")] });
      await gateway.sender.whenIdle();
      const database = new DatabaseSync(join(folder.path, "outbox.db"), { readOnly: true });
      const rows = database.prepare("SELECT length(mark) AS bytes FROM reference").all();
      const pending = database.prepare("SELECT * FROM pending_reference").all();
      database.close();
      expect(rows.map((row) => ({ ...row }))).to.deep.equal([{ bytes: 32 }]);
      expect(pending).to.deep.equal([]);
    });
  });

  describe("a reverted transaction", () => {
    it("fails its operation with the contract's error kept, for ever", async () => {
      await gateway.sender.submit(count(counter, 5));
      const { failure } = await gateway.sender.waitFor("count-5");
      expect(failure).to.deep.include({ reason: "reverted", revertData: stalePosition + position(0) });
      await restart(withRebuild);
      expect((await gateway.sender.waitFor("count-5")).failure).to.deep.equal(failure);
    });

    it("of a stale position is signed anew, alone, until it lands", async () => {
      await restart(withRebuild);
      await gateway.sender.submitAll([7, 8, 0, 9].map((at) => count(counter, at)));
      await gateway.sender.whenIdle();
      expect(await counted(gateway.chain, counter)).to.equal(4);
      expect(await carriedBy(gateway, 3)).to.deep.equal([["count-7"]]);
      expect((await gateway.sender.waitFor("count-9")).state).to.equal("mined");
    });

    it("of a stale position fails once it met as many as it may", async () => {
      const never: Rebuild = async ({ previous }) => ({ ...previous, calldata: expectPosition(77) });
      await restart({ ...withRebuild, rebuild: new Map([["count", never]]), attemptsLimit: 3 });
      await gateway.sender.submit(count(counter, 5));
      expect((await gateway.sender.waitFor("count-5")).failure?.reason).to.equal("reverted");
      expect(await gateway.store.lastPlanNumber()).to.equal(1 + 3);
    });

    it("of a stale position that cannot be built anew is given up, and the next ones go on", async () => {
      const broken: Rebuild = async () => {
        throw new RangeError("nothing left to build from");
      };
      await restart({ ...withRebuild, rebuild: new Map([["count", broken]]) });
      await gateway.sender.submitAll([count(counter, 5), count(counter, 0)]);
      const { failure } = await gateway.sender.waitFor("count-5");
      expect(failure).to.deep.equal({
        reason: "notRebuilt",
        error: "RangeError",
        revertData: stalePosition + position(0),
      });
      expect((await gateway.sender.waitFor("count-0")).state).to.equal("mined");
      await gateway.sender.whenIdle();
    });

    it("of any other cause is not signed anew", async () => {
      await restart(withRebuild);
      await gateway.sender.submit(deployment("refuser", refuserInitcode));
      const refuser = (await gateway.sender.waitFor("refuser")).mined?.contractAddress;
      if (refuser === undefined) throw new Error("the contract was not created");
      await gateway.sender.submit(count(refuser, 0));
      const { failure } = await gateway.sender.waitFor("count-0");
      expect(failure).to.deep.include({ reason: "reverted", revertData: expectPosition(0) });
    });
  });

  describe("refuses, keeping nothing,", () => {
    it("more operations than may wait", async () => {
      await restart({ queueLimit: 3 });
      const error = await rejection(gateway.sender.submitAll([0, 1, 2, 3].map((at) => count(counter, at))));
      expect(error).to.be.instanceOf(QueueFull).with.property("limit", 3);
      expect(await gateway.store.operation("count-0")).to.equal(undefined);
      await gateway.sender.submitAll([0, 1, 2].map((at) => count(counter, at)));
      await gateway.sender.whenIdle();
      await gateway.sender.submitAll([3, 4, 5].map((at) => count(counter, at)));
    });

    it("all of a group with one bad member", async () => {
      await gateway.sender.submit(count(counter, 0));
      const error = await rejection(
        gateway.sender.submitAll([count(counter, 1), count(counter, 2, "count-0")]),
      );
      expect(error).to.be.instanceOf(OperationConflict);
      expect(await gateway.store.operation("count-1")).to.equal(undefined);
    });

    it("a gas limit that no node would accept", async () => {
      for (const gasLimit of [21_000n, 16_777_217n]) {
        const operation = { ...count(counter, 0), call: { ...count(counter, 0).call, gasLimit } };
        const error = await rejection(gateway.sender.submit(operation));
        expect(error).to.be.instanceOf(GasOutOfRange).with.property("gasLimit", gasLimit);
      }
    });

    it("an actor without a key, and an id that is none", async () => {
      const actor = await rejection(gateway.sender.submit({ ...count(counter, 0), actor: "nobody" }));
      expect(actor).to.be.instanceOf(UnknownActor);
      const id = await rejection(gateway.sender.submit(count(counter, 0, "two words")));
      expect(id).to.be.instanceOf(InvalidOperationId);
    });
  });

  it("does not know an operation that it never accepted", async () => {
    expect(await rejection(gateway.sender.waitFor("nothing"))).to.be.instanceOf(UnknownOperation);
  });

  it("accepts nothing once it is stopped, and tells those who wait", async () => {
    await gateway.sender.stop();
    expect(await rejection(gateway.sender.submit(count(counter, 0)))).to.be.instanceOf(SenderStopped);
  });

  it("stops loudly when the chain fails, and goes on after a restart", async () => {
    const failures: unknown[] = [];
    await gateway.close();
    gateway = await openGateway(folder.path, {
      onFailure: (error) => failures.push(error),
      onStep: (step) => {
        if (step === "planned") throw new Error("invented failure");
      },
    });
    await gateway.sender.start();
    await gateway.sender.submit(count(counter, 0));
    expect(await rejection(gateway.sender.waitFor("count-0"))).to.be.instanceOf(SenderStopped);
    expect(failures).to.have.length(1);
    expect(await rejection(gateway.sender.submit(count(counter, 1)))).to.be.instanceOf(SenderStopped);
    await restart();
    expect((await gateway.sender.waitFor("count-0")).state).to.equal("mined");
  });

  it("refuses a folder that was written for another chain", async () => {
    const other = await EmbeddedChain.create(8651);
    const error = await rejection(checkIdentity(other, gateway.store));
    expect(error).to.be.instanceOf(ForeignOutbox).with.property("present").that.contains("8651");
    await other.close();
  });
});
