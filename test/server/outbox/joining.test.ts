/** Small calls of one signer share a transaction, and one that is at fault takes none of the others with it. */
import { expect } from "chai";
import { concatHex } from "viem";
import { bytes32, type Address } from "../../../protocol/ids.ts";
import { nextGroup, type Joining } from "../../../server/outbox/group.ts";
import type { SenderOptions } from "../../../server/outbox/sender.ts";
import type { Rebuild } from "../../../server/outbox/signing.ts";
import type { Call, NewOperation, QueuedOperation } from "../../../server/outbox/store.ts";
import { expectPosition, expectPositions, seriesInitcode, stalePosition } from "../contracts.ts";
import { counted, deployment, openGateway, temporaryFolder, type Gateway } from "../gateway.ts";

const wordDigits = 64;
const joining: Joining = {
  kinds: new Set(["step"]),
  limit: 5,
  parts: ({ calldata }) => (calldata.length - 10) / wordDigits,
  join: (calls) => ({
    ...(calls[0] ?? { gasLimit: 0n }),
    calldata: concatHex(["0x00000000", ...calls.map(({ calldata }) => `0x${calldata.slice(10)}` as const)]),
  }),
};

describe("calls of one signer that wait together", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let gateway: Gateway;
  let series: Address;

  const open = async (options: Partial<SenderOptions> = {}): Promise<void> => {
    gateway = await openGateway(folder.path, { joining, ...options });
    await gateway.sender.start();
  };
  beforeEach(async () => {
    folder = temporaryFolder();
    await open();
    await gateway.sender.submit(deployment("deploy", seriesInitcode));
    const deployed = await gateway.sender.waitFor("deploy");
    if (deployed.mined?.contractAddress === undefined) throw new Error("the series was not created");
    series = deployed.mined.contractAddress;
  });
  afterEach(async () => {
    await gateway.close();
    folder.remove();
  });

  const step = (
    id: string,
    positions: readonly number[],
    more: Partial<NewOperation> = {},
  ): NewOperation => ({
    id,
    kind: "step",
    actor: "recorder",
    call: { to: series, calldata: expectPositions(positions), gasLimit: 200_000n },
    request: `step ${id}`,
    ...more,
  });
  const blocks = async (): Promise<readonly (readonly string[])[][]> => {
    const carried: string[][][] = [];
    for (let block = 2; block <= (await gateway.store.lastPlanNumber()); block++) {
      const plan = await gateway.store.plan(block);
      carried.push(plan?.transactions.map(({ operations }) => operations.map(({ id }) => id)) ?? []);
    }
    return carried;
  };
  const statesOf = (...ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await gateway.store.operation(id))?.state));

  it("share one transaction, up to the limit of calls, in the order of acceptance", async () => {
    await gateway.sender.submitAll([step("a", [0]), step("b", [1, 2]), step("c", [3, 4]), step("d", [5])]);
    await gateway.sender.whenIdle();
    expect(await blocks()).to.deep.equal([[["a", "b", "c"]], [["d"]]]);
    expect(await counted(gateway.chain, series)).to.equal(6);
  });

  it("each know which calls of the transaction are their own", async () => {
    await gateway.sender.submitAll([step("a", [0]), step("b", [1, 2])]);
    const [a, b] = await Promise.all([gateway.sender.waitFor("a"), gateway.sender.waitFor("b")]);
    expect(a.mined?.transaction).to.equal(b.mined?.transaction);
    expect(a.mined?.shared).to.deep.equal({ firstPart: 0, parts: 1 });
    expect(b.mined?.shared).to.deep.equal({ firstPart: 1, parts: 2 });
    await gateway.sender.submit(step("c", [3]));
    expect((await gateway.sender.waitFor("c")).mined?.shared).to.equal(undefined);
  });

  it("are not joined with another signer's, nor with a kind that goes alone, and close their block", async () => {
    const other = { actor: "treasurer" };
    const alone = { kind: "count" };
    await gateway.sender.submitAll([
      step("a", [0], alone),
      step("b", [1]),
      step("c", [2]),
      step("d", [3], other),
      step("e", [4], other),
      step("f", [5], alone),
    ]);
    await gateway.sender.whenIdle();
    expect(await blocks()).to.deep.equal([[["a"], ["b", "c"]], [["d", "e"]], [["f"]]]);
    expect(await counted(gateway.chain, series)).to.equal(6);
  });

  it("land all but the one at fault, in their order, before anything behind them", async () => {
    await gateway.sender.submitAll([
      step("a", [0]),
      step("b", [1]),
      step("wrong", [77]),
      step("c", [2]),
      step("behind", [3], { kind: "count" }),
    ]);
    await gateway.sender.whenIdle();
    expect(await statesOf("a", "b", "wrong", "c", "behind")).to.deep.equal([
      "mined",
      "mined",
      "failed",
      "mined",
      "mined",
    ]);
    expect(await blocks()).to.deep.equal([
      [["a", "b", "wrong", "c"]],
      [["a", "b"]],
      [["wrong", "c"]],
      [["wrong"]],
      [["c"]],
      [["behind"]],
    ]);
    expect((await gateway.store.operation("wrong"))?.failure).to.deep.include({
      reason: "reverted",
      revertData: stalePosition + (2).toString(16).padStart(wordDigits, "0"),
    });
  });

  it("keep all or none of one operation's calls together", async () => {
    await gateway.sender.submitAll([step("a", [0]), step("halfWrong", [1, 9]), step("b", [1])]);
    await gateway.sender.whenIdle();
    expect(await statesOf("a", "halfWrong", "b")).to.deep.equal(["mined", "failed", "mined"]);
    expect(await counted(gateway.chain, series)).to.equal(2);
  });

  it("are built anew by themselves where their position was stale, however often they were joined before", async () => {
    const rebuild: Rebuild = async ({ previous }) => ({
      ...previous,
      calldata: expectPosition(await counted(gateway.chain, series)),
    });
    await gateway.close();
    await open({ staleErrors: [stalePosition], rebuild: new Map([["step", rebuild]]), attemptsLimit: 2 });
    await gateway.sender.submitAll([step("a", [0]), step("b", [8]), step("c", [1]), step("d", [9])]);
    await gateway.sender.whenIdle();
    expect(await statesOf("a", "b", "c", "d")).to.deep.equal(["mined", "mined", "mined", "mined"]);
    expect(await counted(gateway.chain, series)).to.equal(4);
  });

  it("make the same blocks again after a restart", async () => {
    await gateway.sender.submitAll([step("a", [0]), step("wrong", [77]), step("b", [1])]);
    await gateway.sender.whenIdle();
    const head = await gateway.chain.head();
    await gateway.close();
    await open();
    expect(await gateway.chain.head()).to.deep.equal(head);
    await gateway.sender.submit(step("c", [2]));
    expect((await gateway.sender.waitFor("c")).state).to.equal("mined");
  });

  for (const last of ["signed", "planned", "mined", "settled"] as const) {
    it(`go on where they were when the process ends once they are ${last}, with one at fault`, async () => {
      await gateway.close();
      await open({
        onStep: (reached) => {
          if (reached === last) throw new Error("invented end");
        },
      });
      await gateway.sender.submitAll([step("a", [0]), step("wrong", [77]), step("b", [1])]);
      await gateway.sender.whenIdle().catch(() => {});
      await gateway.close();
      await open();
      await gateway.sender.whenIdle();
      expect(await statesOf("a", "wrong", "b")).to.deep.equal(["mined", "failed", "mined"]);
      expect(await counted(gateway.chain, series)).to.equal(2);
    });
  }
});

describe("the next block", () => {
  const call: Call = { calldata: expectPosition(0), gasLimit: 100_000n };
  const operation = (id: string, more: Partial<QueuedOperation> = {}): QueuedOperation => ({
    id,
    kind: "step",
    actor: "recorder",
    call,
    attempts: 0,
    ...more,
  });
  const idsOf = (queued: readonly QueuedOperation[]) =>
    nextGroup(queued, joining).map(({ operations }) => operations.map(({ id }) => id));

  it("ends before an operation that is to be built anew, and holds nothing else with it", () => {
    const stale = operation("stale", { stale: { revertData: "0x" } });
    expect(idsOf([operation("a", { kind: "count" }), stale])).to.deep.equal([["a"]]);
    expect(idsOf([stale, operation("a")])).to.deep.equal([["stale"]]);
  });

  it("holds one half of what was joined and reverted, and no others", () => {
    const attempt = bytes32(`0x${"ab".repeat(32)}`);
    const together = ["a", "b", "c"].map((id) => operation(id, { split: { attempt, operations: 3 } }));
    expect(idsOf([...together, operation("d")])).to.deep.equal([["a", "b"]]);
  });
});
