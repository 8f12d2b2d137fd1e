/**
 * A data folder whose outbox lost bytes: cut, or changed, in the database or in its log. A start either makes a prefix of
 * the same blocks, or says what is wrong; it never makes another block.
 */
import { expect } from "chai";
import {
  copyFileSync,
  cpSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { lastWordsOf } from "../../../server/exit-codes.ts";
import { count, deployCounter, openGateway, temporaryFolder } from "../gateway.ts";

const blocks = 25;

describe("an outbox that lost bytes", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const copies = temporaryFolder();
  /** As they were made, block 0 first. */
  const hashes: (string | undefined)[] = [];
  let names = 0;

  before(async () => {
    const gateway = await openGateway(folder.path);
    await gateway.sender.start();
    const counter = await deployCounter(gateway.sender);
    for (let position = 0; position < blocks; position += 1) {
      await gateway.sender.submit(count(counter, position));
      await gateway.sender.waitFor(`count-${position}`);
    }
    const head = await gateway.chain.head();
    for (let number = 0; number <= head.number; number += 1) {
      hashes.push((await gateway.chain.block(number))?.hash);
    }
    // Copied while it is open, so that the log is there as a killed process leaves it.
    cpSync(folder.path, join(copies.path, "killed"), { recursive: true });
    await gateway.close();
    cpSync(folder.path, join(copies.path, "closed"), { recursive: true });
  });
  after(() => {
    folder.remove();
    copies.remove();
  });

  const copyOf = (state: "killed" | "closed"): string => {
    const path = join(copies.path, String((names += 1)));
    cpSync(join(copies.path, state), path, { recursive: true });
    return path;
  };
  /** How many blocks a start makes, each as before, or why it refuses. */
  const startOf = async (path: string): Promise<number | string> => {
    let gateway: Awaited<ReturnType<typeof openGateway>> | undefined;
    try {
      gateway = await openGateway(path);
      await gateway.sender.start();
      const head = await gateway.chain.head();
      for (let number = 0; number <= head.number; number += 1) {
        expect((await gateway.chain.block(number))?.hash, `block ${number}`).to.equal(hashes[number]);
      }
      return head.number;
    } catch (error) {
      if (error instanceof Error && error.name === "AssertionError") throw error;
      return lastWordsOf(error);
    } finally {
      await gateway?.close();
    }
  };
  const expectSameOrRefused = (result: number | string, at: string): void => {
    if (typeof result === "number") expect(result, at).to.be.within(0, hashes.length - 1);
    else expect(result, at).to.match(/restore .* from its backup|damaged|schema version/);
  };

  it("has every block again where nothing is lost", async () => {
    expect(existsSync(join(copies.path, "killed", "outbox.db-wal"))).to.equal(true);
    expect(await startOf(copyOf("killed"))).to.equal(hashes.length - 1);
    expect(await startOf(copyOf("closed"))).to.equal(hashes.length - 1);
  });

  it("by a torn last write: has every block but the last ones, and each as it was", async () => {
    const size = statSync(join(copies.path, "killed", "outbox.db-wal")).size;
    const made: number[] = [];
    for (const lost of [1, 100, 4_097, 20_000, Math.floor(size / 2), size - 33]) {
      const path = copyOf("killed");
      truncateSync(join(path, "outbox.db-wal"), size - lost);
      const result = await startOf(path);
      expectSameOrRefused(result, `${lost} bytes lost`);
      if (typeof result === "number") made.push(result);
    }
    expect(made[0]).to.be.at.least(hashes.length - 2);
    expect(made).to.deep.equal([...made].sort((one, other) => other - one));
    expect(made.at(-1)).to.be.lessThan(hashes.length - 5);
  });

  it("in the middle of its log: makes what stands before it, each block as it was", async () => {
    const size = statSync(join(copies.path, "killed", "outbox.db-wal")).size;
    for (const part of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const path = copyOf("killed");
      const file = join(path, "outbox.db-wal");
      const bytes = readFileSync(file);
      const at = Math.floor(size * part);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      writeFileSync(file, bytes);
      expectSameOrRefused(await startOf(path), `byte ${at} of the log`);
    }
  });

  it("by the end of its file: says so, or has the same blocks", async () => {
    const size = statSync(join(copies.path, "closed", "outbox.db")).size;
    for (const left of [0, 1_000, Math.floor(size / 2), size - 4_096, size - 1]) {
      const path = copyOf("closed");
      truncateSync(join(path, "outbox.db"), left);
      expectSameOrRefused(await startOf(path), `${left} bytes left`);
    }
  });

  it("anywhere in its file: has the same blocks, or says what is wrong", async () => {
    const size = statSync(join(copies.path, "closed", "outbox.db")).size;
    const results: (number | string)[] = [];
    for (let page = 0; page * 4_096 < size; page += 2) {
      const path = copyOf("closed");
      const file = join(path, "outbox.db");
      const bytes = readFileSync(file);
      for (let at = page * 4_096 + 100; at < page * 4_096 + 4_096; at += 512)
        bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
      writeFileSync(file, bytes);
      const result = await startOf(path);
      expectSameOrRefused(result, `page ${page}`);
      results.push(result);
    }
    expect(results.some((result) => typeof result === "string")).to.equal(true);
  });

  it("altogether is an empty outbox: it makes no block of its own that was published otherwise", async () => {
    const path = copyOf("closed");
    copyFileSync(join(path, "keystore.json"), join(path, "outbox.db"));
    expectSameOrRefused(await startOf(path), "another file in its place");
  });
});
