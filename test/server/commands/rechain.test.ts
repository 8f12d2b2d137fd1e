/** A folder whose recorded block hashes are those of another version, and one whose books are other books. */
import { expect } from "chai";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { NothingToCompare, rechain, RecordDiffers } from "../../../server/commands/rechain.ts";
import { readConfig } from "../../../server/config.ts";
import { exitCodeOf, exitCodes } from "../../../server/exit-codes.ts";
import { openGateway, type Gateway } from "../../../server/gateway.ts";
import { ReplayDiverged } from "../../../server/outbox/replay.ts";
import { openBooks, type Books } from "../api/books.ts";

describe("rechain", function () {
  this.timeout(60_000);
  let books: Books;
  let head = "";
  let block = 0;
  const quiet = (): void => {};

  beforeEach(async () => {
    books = await openBooks();
    const last = await books.service.gateway.chain.head();
    head = last.hash;
    block = last.number;
    await books.service.app.close();
    await books.service.gateway.close();
  });
  afterEach(() => books.service.close());

  const tamper = (store: string, ...statements: readonly string[]): void => {
    const database = new DatabaseSync(join(books.service.folder, store));
    for (const statement of statements) database.exec(statement);
    database.close();
  };
  /** Every hash as if another version had made the blocks: the same books under other hashes. */
  const otherHashes = (): void => {
    tamper("outbox.db", "UPDATE block_plan SET hash = randomblob(32)");
    const outbox = new DatabaseSync(join(books.service.folder, "outbox.db"));
    const rows = outbox.prepare("SELECT number, hex(hash) AS hash FROM block_plan").all();
    outbox.close();
    tamper(
      "index.db",
      ...rows.map(
        (row) => `UPDATE blocks SET hash = x'${String(row["hash"])}' WHERE number = ${String(row["number"])}`,
      ),
    );
  };
  const open = (): Promise<Gateway> =>
    openGateway({
      config: readConfig({ DATA_DIR: books.service.folder, KEYSTORE_PASSWORD: "invented password" }),
      log: { info: quiet, error: quiet },
      clock: books.service.clock,
      onFailure: quiet,
    });
  const refusal = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it("records old and new head where only hashes differ, and the gateway serves the same books again", async () => {
    otherHashes();
    const refused = await refusal(open());
    expect(refused).to.be.instanceOf(ReplayDiverged);
    expect(String(refused)).to.contain("npm run rechain");
    expect(exitCodeOf(refused)).to.equal(exitCodes.data);

    const lines: string[] = [];
    const { record, ...counts } = await rechain(
      books.service.folder,
      (line) => lines.push(line),
      () => 7,
    );
    expect(record).to.deep.include({ atMs: 7, blocks: block, newHead: head });
    expect(record?.oldHead)
      .to.match(/^0x[0-9a-f]{64}$/)
      .and.not.equal(head);
    expect(counts.blocks).to.equal(block);
    expect(counts.transactions).to.be.at.least(block);
    expect(counts.logs).to.be.greaterThan(20);

    const gateway = await open();
    expect((await gateway.chain.head()).hash).to.equal(head);
    expect(JSON.parse((await gateway.outbox.meta("rechains")) ?? "")).to.deep.equal([record]);
    expect((await gateway.read.laws()).every(({ holds }) => holds)).to.equal(true);
    expect(await gateway.read.funds()).to.have.length(2);
    await gateway.close();
  });

  it("takes over the genesis of another version too", async () => {
    tamper(
      "outbox.db",
      `UPDATE meta SET value = '8650 with genesis 0x${"22".repeat(32)}' WHERE key = 'chain'`,
    );
    const refused = await refusal(open());
    expect(String(refused)).to.contain("npm run rechain");
    expect((await rechain(books.service.folder, quiet)).record?.newHead).to.equal(head);
    await (await open()).close();
  });

  it("changes nothing where the hashes are the recorded ones", async () => {
    expect((await rechain(books.service.folder, quiet)).record).to.equal(undefined);
    expect(existsSync(join(books.service.folder, "index.db"))).to.equal(true);
    const gateway = await open();
    expect(await gateway.outbox.meta("rechains")).to.equal(undefined);
    await gateway.close();
  });

  const others = [
    [
      "the gas of a receipt",
      "outbox.db",
      "UPDATE attempt SET gas_used = gas_used + 1 WHERE block = 5",
      5,
      /receipt of 0x/,
    ],
    [
      "whether a transaction reverted",
      "outbox.db",
      "UPDATE attempt SET revert_data = x'00' WHERE block = 4",
      4,
      /reverts with 0x00/,
    ],
    [
      "the data of a log",
      "index.db",
      "UPDATE logs SET data = zeroblob(length(data)) WHERE block_number = 4",
      4,
      /log 0/,
    ],
    ["a log that is gone", "index.db", "DELETE FROM logs WHERE block_number = 4", 4, /log/],
    ["the order of a block", "outbox.db", "UPDATE block_plan SET time = 1 WHERE number = 3", 3, /the block/],
  ] as const;
  for (const [what, store, sql, number, said] of others) {
    it(`refuses books that differ in more than hashes, with the block, and changes nothing: ${what}`, async () => {
      otherHashes();
      tamper(store, sql);
      const refused = await refusal(rechain(books.service.folder, quiet));
      expect(refused).to.be.instanceOf(RecordDiffers);
      expect(refused)
        .to.have.property("blockNumber")
        .that.is.within(number, number + 1);
      expect(String(refused)).to.match(said);
      expect(exitCodeOf(refused)).to.equal(exitCodes.data);
      expect(await refusal(open()), "still refused").to.be.instanceOf(Error);
    });
  }

  it("refuses where the logs to compare with are missing, in part or whole", async () => {
    otherHashes();
    tamper("index.db", `DELETE FROM blocks WHERE number = ${block}`);
    const partial = await refusal(rechain(books.service.folder, quiet));
    expect(partial).to.be.instanceOf(NothingToCompare);
    expect(String(partial)).to.contain(`up to block ${block - 1}`);
    for (const end of ["", "-wal", "-shm"]) {
      rmSync(join(books.service.folder, `index.db${end}`), { force: true });
    }
    const whole = await refusal(rechain(books.service.folder, quiet));
    expect(whole).to.be.instanceOf(NothingToCompare);
    expect(String(whole)).to.contain("index.db, which keeps the logs, is missing");
    expect(existsSync(join(books.service.folder, "index.db"))).to.equal(false);
  });
});
