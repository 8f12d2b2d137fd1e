import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ReplayDiverged } from "../../../server/outbox/replay.ts";
import { MissingBytes } from "../../../server/outbox/store.ts";
import type { Step } from "../../../server/outbox/line.ts";
import { counted, deployment, openGateway, temporaryFolder } from "../gateway.ts";

const steps: readonly Step[] = ["accepted", "signed", "planned", "mined", "settled"];
const operations = 7;

const runKilled = (
  path: string,
  step: string,
  times: number,
): { acknowledged: string[]; signal: string | null } => {
  const child = join(import.meta.dirname, "killed-gateway.ts");
  const ended = spawnSync(process.execPath, [child, path, step, String(times), String(operations)], {
    encoding: "utf8",
    timeout: 30_000,
  });
  if (ended.signal !== "SIGKILL" && ended.status !== 0) throw new Error(ended.stderr);
  return { acknowledged: ended.stdout.split("\n").filter((line) => line !== ""), signal: ended.signal };
};

/** The hashes of the blocks that were made and recorded, read without the gateway's own code. */
const recordedHashes = (path: string): Map<number, string> => {
  const database = new DatabaseSync(join(path, "outbox.db"));
  const rows = database
    .prepare("SELECT number, hex(hash) AS hash FROM block_plan WHERE hash IS NOT NULL")
    .all();
  database.close();
  return new Map(rows.map((row) => [Number(row["number"]), `0x${String(row["hash"]).toLowerCase()}`]));
};

describe("a gateway that is killed", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  for (const step of steps) {
    it(`after a block's operations are ${step}: makes the same blocks again and lands what it acknowledged once`, async () => {
      const { acknowledged, signal } = runKilled(folder.path, step, 2);
      expect(signal).to.equal("SIGKILL");
      const before = recordedHashes(folder.path);

      const gateway = await openGateway(folder.path);
      await gateway.sender.start();
      await gateway.sender.whenIdle();
      for (const [number, hash] of before) expect((await gateway.chain.block(number))?.hash).to.equal(hash);
      for (const id of acknowledged) expect((await gateway.store.operation(id))?.state, id).to.equal("mined");
      const deployed = await gateway.store.operation("deploy");
      const counter = deployed?.mined?.contractAddress;
      if (counter === undefined) throw new Error("the counter is gone");
      // An operation may be on disk whose acknowledgement did not get out; never more than that one.
      const counts = acknowledged.filter((id) => id.startsWith("count")).length;
      expect(await counted(gateway.chain, counter)).to.be.within(counts, counts + 1);
      await gateway.close();
    }).timeout(40_000);
  }

  it("again and again, at every step in turn, ends where an undisturbed one ends", async () => {
    for (const step of steps) expect(runKilled(folder.path, step, 1).signal, step).to.equal("SIGKILL");
    const { acknowledged, signal } = runKilled(folder.path, "none", 1);
    expect(signal).to.equal(null);
    expect(acknowledged).to.have.length(operations + 1);

    const gateway = await openGateway(folder.path);
    await gateway.sender.start();
    const counter = (await gateway.store.operation("deploy"))?.mined?.contractAddress;
    if (counter === undefined) throw new Error("the counter is gone");
    expect(await counted(gateway.chain, counter)).to.equal(operations);
    expect(await gateway.sender.submitAll([])).to.deep.equal([]);
    await gateway.close();
  }).timeout(60_000);
});

describe("a block plan that was tampered with", () => {
  const tamper = (path: string, sql: string): void => {
    const database = new DatabaseSync(join(path, "outbox.db"));
    database.exec(sql);
    database.close();
  };
  const cases = [
    ["another time", 2, "UPDATE block_plan SET time = time + 1 WHERE number = 2"],
    ["a transaction left out", 3, "UPDATE block_plan SET transactions = x'' WHERE number = 3"],
    ["another recorded hash", 2, "UPDATE block_plan SET hash = zeroblob(32) WHERE number = 2"],
    ["a time before its parent's", 2, "UPDATE block_plan SET time = 1 WHERE number = 2"],
    ["a plan that is missing", 1, "DELETE FROM block_plan WHERE number = 1"],
    ["a hash that is missing in the middle", 2, "UPDATE block_plan SET hash = NULL WHERE number = 2"],
    [
      "the bytes of a transaction",
      2,
      "UPDATE version SET raw = (SELECT raw FROM version v JOIN attempt a ON a.sequence = v.attempt WHERE a.block = 3) " +
        "WHERE attempt = (SELECT sequence FROM attempt WHERE block = 2)",
    ],
  ] as const;
  /** Three blocks, changed behind the gateway's back; answers how the next start fails. */
  const startTampered = async (sql: string): Promise<unknown> => {
    const folder = temporaryFolder();
    const gateway = await openGateway(folder.path);
    await gateway.sender.start();
    for (const id of ["one", "two", "three"]) {
      await gateway.sender.submit(deployment(id));
      await gateway.sender.waitFor(id);
    }
    await gateway.close();
    tamper(folder.path, sql);
    const again = await openGateway(folder.path);
    const refusal = await again.sender.start().then(
      () => undefined,
      (error: unknown) => error,
    );
    await again.close();
    folder.remove();
    return refusal;
  };

  for (const [what, blockNumber, sql] of cases) {
    it(`is refused with the number of the first block that differs: ${what}`, async () => {
      const refusal = await startTampered(sql);
      expect(refusal).to.be.instanceOf(ReplayDiverged).with.property("blockNumber", blockNumber);
    });
  }

  it("is refused with the number of the block whose bytes are gone", async () => {
    const refusal = await startTampered(
      "DELETE FROM version WHERE attempt = (SELECT sequence FROM attempt WHERE block = 2)",
    );
    expect(refusal).to.be.instanceOf(MissingBytes).with.property("blockNumber", 2);
  });
});
