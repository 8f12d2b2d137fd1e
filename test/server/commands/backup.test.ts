/** A copy that is taken while the gateway writes, and what is made of it. */
import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fen } from "../../../protocol/amounts.ts";
import { backUp, DamagedBackup, restore, UnfitFolder } from "../../../server/commands/backup.ts";
import { readConfig } from "../../../server/config.ts";
import { openGateway } from "../../../server/gateway.ts";
import { giftOf, nameOf } from "../api/books.ts";
import { temporaryFolder } from "../gateway.ts";
import { at, codeOf, openService, type Service } from "../service.ts";

describe("a backup", function () {
  this.timeout(60_000);
  let service: Service;
  let place: ReturnType<typeof temporaryFolder>;
  let fund = "";
  let written = 0;
  const numberOf = (gift: number): string => `INVENTED-BACKUP-${gift}`;
  const give = async (): Promise<void> => {
    const gift = giftOf(fund, numberOf(written), { amount: String(100 + written) });
    written += 1;
    const answer = await service.post("/v1/donations", { donations: [gift] });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  };

  before(async () => {
    place = temporaryFolder();
    service = await openService(undefined, { GIFT_LOOKUPS_PER_MINUTE: "1000" });
    fund = codeOf(
      await service.post("/v1/funds", { name: nameOf("backup"), currency: "CNY", claimsShareBps: 9000 }),
      "FundOpened",
    );
    for (let count = 0; count < 20; count += 1) await give();
  });
  after(async () => {
    await service.close();
    place.remove();
  });

  const to = (name: string): string => join(place.path, name);
  /** Opens a folder that `restore` made. */
  const opened = async (folder: string) => {
    const config = readConfig({
      DATA_DIR: folder,
      KEYSTORE_PASSWORD: "invented password",
      GIFT_LOOKUPS_PER_MINUTE: "1000",
    });
    const log = { info: () => {}, error: () => {} };
    return openGateway({ config, log, clock: service.clock, onFailure: () => {} });
  };

  it("taken in a stream of writes is whole: restored, it has the same blocks, and every gift of it its receipt", async () => {
    const over = new AbortController();
    const stream = (async () => {
      while (!over.signal.aborted) await give();
    })();
    const manifest = await backUp(service.folder, to("copy"));
    over.abort();
    await stream;
    await restore(to("copy"), to("restored"));

    const restored = await opened(to("restored"));
    try {
      const head = await restored.chain.head();
      expect(head.number).to.be.at.least(manifest.block);
      for (let number = 0; number <= manifest.block; number += 1) {
        const theirs = await service.gateway.chain.block(number);
        expect((await restored.chain.block(number))?.hash, `block ${number}`).to.equal(theirs?.hash);
      }
      expect(manifest.hash).to.equal((await service.gateway.chain.block(manifest.block))?.hash);
      const [copied] = await restored.read.funds();
      expect(copied?.donations).to.be.at.least(20).and.at.most(written);
      for (let gift = 0; gift < (copied?.donations ?? 0); gift += 1) {
        const found = await restored.read.findGift({
          transactionNumber: numberOf(gift),
          amount: fen(100n + BigInt(gift)),
          askedFrom: `198.51.100.${gift}`,
        });
        expect(found.outcome, numberOf(gift)).to.equal("found");
      }
      expect((await restored.read.laws()).filter(({ holds }) => !holds)).to.deep.equal([]);
      expect((await restored.keys.find(service.key))?.roles).to.deep.equal(["admin"]);
    } finally {
      await restored.close();
    }
  });

  it("has every file of the folder but lock and index, for its owner alone, with size and digest", async () => {
    const manifest = await backUp(service.folder, to("listed"));
    const names = readdirSync(to("listed")).sort();
    expect(names).to.include.members(["access.db", "keystore.json", "outbox.db", "vault.db", "vault.key"]);
    expect(names).to.not.include.members(["lock", "lock.pid", "index.db"]);
    expect(Object.keys(manifest.files).sort()).to.deep.equal(names.filter((name) => name !== "backup.json"));
    for (const name of names) expect(statSync(join(to("listed"), name)).mode & 0o077, name).to.equal(0);
    expect(statSync(to("listed")).mode & 0o077).to.equal(0);
  });

  it("never writes over anything, neither when it is taken nor when it is restored", async () => {
    await backUp(service.folder, to("kept"));
    for (const again of [backUp(service.folder, to("kept")), restore(to("kept"), service.folder)]) {
      expect(await again.catch((error: unknown) => error)).to.be.instanceOf(UnfitFolder);
    }
  });

  const refusal = async (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

  it("is not taken of a folder that is none, nor restored from one", async () => {
    expect(await refusal(backUp(to("nowhere"), to("never")))).to.be.instanceOf(UnfitFolder);
    expect(await refusal(restore(to("nowhere"), to("never")))).to.be.instanceOf(UnfitFolder);
    expect(existsSync(to("never"))).to.equal(false);
  });

  it("in which one byte changed, or from which a file is gone, is refused with the file, and leaves nothing behind", async () => {
    await backUp(service.folder, to("damaged"));
    const path = join(to("damaged"), "vault.db");
    const bytes = readFileSync(path);
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const changed = await refusal(restore(to("damaged"), to("never")));
    expect(changed).to.be.instanceOf(DamagedBackup).with.property("file", "vault.db");
    rmSync(path);
    const gone = await refusal(restore(to("damaged"), to("never")));
    expect(gone).to.be.instanceOf(DamagedBackup).with.property("file", "vault.db");
    expect(readdirSync(place.path).filter((name) => name.startsWith("never"))).to.deep.equal([]);
  });

  it("is not taken of a store that is damaged, and leaves nothing behind", async () => {
    await backUp(service.folder, to("sound"));
    const path = join(to("sound"), "outbox.db");
    const database = new DatabaseSync(path);
    const page = Number(at(database.prepare("PRAGMA page_size").get(), "page_size"));
    const root = Number(
      at(database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'block_plan'").get(), "rootpage"),
    );
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, (root - 1) * page, (root - 1) * page + 200);
    writeFileSync(path, bytes);
    const damaged = await refusal(backUp(to("sound"), to("never")));
    expect(damaged).to.be.instanceOf(Error);
    expect(readdirSync(place.path).filter((name) => name.startsWith("never"))).to.deep.equal([]);
  });
});
