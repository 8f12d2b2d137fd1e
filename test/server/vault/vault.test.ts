import { expect } from "chai";
import { createSecretKey, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { bytes32, fundId } from "../../../protocol/ids.ts";
import { deriveKeys } from "../../../server/keys/secrets.ts";
import { UnreadableRow } from "../../../server/vault/row-cipher.ts";
import { AlreadyInVault, Vault } from "../../../server/vault/vault.ts";
import type { Opening } from "../../../server/vault/vault.ts";
import { onBothStores } from "../database/stores.ts";
import { temporaryFolder } from "../gateway.ts";

const hash = (number: number, salt = 0) =>
  bytes32(`0x${salt.toString(16).padStart(2, "0")}${number.toString(16).padStart(62, "0")}`);

const opening = (number: number): Opening => ({
  commitment: hash(number),
  salt: hash(number, 0xaa),
  payload: {
    amount: String(number * 100),
    channel: "invented-pay",
    occurredAt: "2020-02-03T10:11:12+08:00",
    transactionNumber: `INVENTED-${number}`,
  },
  remark: `invented remark ${number}`,
  fund: fundId(1),
  findable: number % 2 === 0,
});
const reference = (number: number) => opening(number).payload;

onBothStores("the vault", (stores) => {
  let vault: Vault;
  const keys = deriveKeys(Buffer.alloc(32, 7));
  const open = (with_ = keys): Promise<Vault> => Vault.open(stores().place("vault.db"), with_);
  const reopen = async (with_ = keys): Promise<void> => {
    await vault.close();
    vault = await open(with_);
  };
  const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  beforeEach(async () => {
    vault = await open();
  });
  afterEach(() => vault.close());

  it("finds an opening by operation and by payment, after a restart", async () => {
    await vault.keep("batch-1", [opening(1), opening(2)]);
    await reopen();
    expect(await vault.byReference(reference(1))).to.deep.equal({ operation: "batch-1", ...opening(1) });
    expect(await vault.byReference(reference(2))).to.deep.equal({ operation: "batch-1", ...opening(2) });
    const kept = await vault.openingsOf("batch-1");
    expect(kept.map(({ salt }) => salt)).to.deep.equal([hash(1, 0xaa), hash(2, 0xaa)]);
    expect(await vault.byReference(reference(3))).to.equal(undefined);
    const together = await vault.byReferences([reference(3), reference(2), reference(1)]);
    expect([...together]).to.deep.equal([
      [1, { operation: "batch-1", ...opening(2) }],
      [2, { operation: "batch-1", ...opening(1) }],
    ]);
  });

  it("keeps all openings of an operation or none, and a payment once", async () => {
    await vault.keep("batch-1", [opening(1)]);
    const repeated = { ...opening(1), commitment: hash(9) };
    const refusal = await refusalOf(vault.keep("batch-2", [opening(2), repeated]));
    expect(refusal).to.be.instanceOf(AlreadyInVault).with.property("index", 1);
    expect(await vault.openingsOf("batch-2")).to.deep.equal([]);
    const twice = [opening(3), opening(3)];
    expect(await refusalOf(vault.keep("batch-2", twice))).to.be.instanceOf(AlreadyInVault);
    expect(await vault.openingsOf("batch-2")).to.deep.equal([]);
  });

  it("takes over what an operation left behind, as far as it is the same", async () => {
    const many = Array.from({ length: 100 }, (_, index) => opening(index + 1));
    await vault.keep("dead", many.slice(20, 60));
    await vault.keep("living", many);
    expect(await vault.openingsOf("dead")).to.deep.equal([]);
    expect(await vault.openingsOf("living")).to.have.length(100);
    expect((await vault.byReference(reference(30)))?.operation).to.equal("living");
  });

  it("forgets a payment for good, and nothing else", async () => {
    await vault.keep("batch-1", [opening(1), opening(2)]);
    expect(await vault.forget(reference(1))).to.equal(true);
    expect(await vault.forget(reference(1))).to.equal(false);
    expect(await vault.byReference(reference(1))).to.equal(undefined);
    expect((await vault.byReference(reference(2)))?.operation).to.equal("batch-1");
  });

  it("lets a failed operation's payments be recorded by another", async () => {
    await vault.keep("batch-1", [opening(1), opening(2)]);
    expect(await vault.drop("batch-1")).to.equal(2);
    await vault.keep("batch-2", [opening(1)]);
    expect((await vault.byReference(reference(1)))?.operation).to.equal("batch-2");
  });

  it("keeps what was asked for in an operation until it is forgotten", async () => {
    await vault.keepPayload("claim-1", '{"evidence":"invented"}');
    await vault.keepPayload("claim-1", '{"evidence":"another"}');
    await reopen();
    expect(await vault.payload("claim-1")).to.equal('{"evidence":"invented"}');
    expect(await vault.forgetPayload("claim-1")).to.equal(true);
    expect(await vault.payload("claim-1")).to.equal(undefined);
  });

  it("opens with no other key, and no row in another's place", async () => {
    await vault.keep("batch-1", [opening(1), opening(2)]);
    await stores().ask(
      "vault.db",
      "UPDATE opening SET box = (SELECT box FROM opening WHERE id = 2) WHERE id = 1",
    );
    expect(await refusalOf(vault.byReference(reference(1)))).to.be.instanceOf(UnreadableRow);
    await reopen({ ...keys, vaultRows: createSecretKey(randomBytes(32)) });
    expect(await refusalOf(vault.byReference(reference(2)))).to.be.instanceOf(UnreadableRow);
  });

  it("holds nothing that can be read without its key", async () => {
    await vault.keep("batch-1", [opening(1)]);
    await vault.keepPayload("claim-1", '{"evidence":"INVENTED-EVIDENCE"}');
    for (const table of ["opening", "payload"]) {
      const rows = await stores().ask("vault.db", `SELECT * FROM ${table}`);
      expect(rows).to.have.length(1);
      const values = rows.flatMap((row) => Object.values(row));
      const bytes = values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : String(value)));
      for (const secret of ["INVENTED", "invented", "2020-02-03", `aa${"0".repeat(60)}`]) {
        expect(bytes.some((value) => value.includes(secret))).to.equal(false);
      }
    }
  });
});

describe("the file of the vault", () => {
  const keys = deriveKeys(Buffer.alloc(32, 7));
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  let vault: Vault;
  beforeEach(async () => {
    folder = temporaryFolder();
    path = join(folder.path, "vault.db");
    vault = await Vault.open({ kind: "sqlite", path }, keys);
  });
  afterEach(async () => {
    await vault.close();
    folder.remove();
  });

  it("has nothing readable in it, nor beside it", async () => {
    await vault.keep("batch-1", [opening(1)]);
    await vault.keepPayload("claim-1", '{"evidence":"INVENTED-EVIDENCE"}');
    for (const name of readdirSync(folder.path)) {
      const bytes = readFileSync(join(folder.path, name)).toString("latin1");
      for (const secret of ["INVENTED", "invented", "2020-02-03", `aa${"0".repeat(60)}`]) {
        expect(bytes.includes(secret), `${secret} in ${name}`).to.equal(false);
      }
    }
  });

  it("is overwritten where a payment was forgotten", async () => {
    await vault.keep("batch-1", [opening(1), opening(2)]);
    const database = new DatabaseSync(path, { readOnly: true });
    const box = database
      .prepare("SELECT box FROM opening WHERE commitment = ?")
      .get(Buffer.from(hash(1).slice(2), "hex"));
    database.close();
    await vault.forget(reference(1));
    await vault.scrub();
    const sealed = box?.["box"];
    if (!(sealed instanceof Uint8Array)) throw new Error("no row was kept");
    for (const name of [path, `${path}-wal`].filter((each) => existsSync(each))) {
      expect(readFileSync(name).includes(Buffer.from(sealed)), `the row in ${name}`).to.equal(false);
    }
  });

  it("takes 35,000 openings in one call", async () => {
    const many = Array.from({ length: 35_000 }, (_, index) => opening(index + 1));
    await vault.keep("batch-1", many);
    const kept = await vault.openingsOf("batch-1");
    expect(kept.map(({ commitment }) => commitment)).to.deep.equal(many.map(({ commitment }) => commitment));
  });
});
