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

describe("the vault", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let vault: Vault;
  const keys = deriveKeys(Buffer.alloc(32, 7));
  const reopen = (with_ = keys): void => {
    vault.close();
    vault = new Vault(join(folder.path, "vault.db"), with_);
  };
  beforeEach(() => {
    folder = temporaryFolder();
    vault = new Vault(join(folder.path, "vault.db"), keys);
  });
  afterEach(() => {
    vault.close();
    folder.remove();
  });

  it("opens a commitment, and finds it by operation and by payment, after a restart", () => {
    vault.keep("batch-1", [opening(1), opening(2)]);
    reopen();
    expect(vault.byCommitment(hash(1))).to.deep.equal({ operation: "batch-1", ...opening(1) });
    expect(vault.byReference(reference(2))).to.deep.equal({ operation: "batch-1", ...opening(2) });
    expect(vault.openingsOf("batch-1").map(({ salt }) => salt)).to.deep.equal([hash(1, 0xaa), hash(2, 0xaa)]);
    expect(vault.byCommitment(hash(3))).to.equal(undefined);
    expect(vault.byReference(reference(3))).to.equal(undefined);
    expect([...vault.byReferences([reference(3), reference(2), reference(1)])]).to.deep.equal([
      [1, { operation: "batch-1", ...opening(2) }],
      [2, { operation: "batch-1", ...opening(1) }],
    ]);
  });

  it("keeps nothing readable on disk", () => {
    vault.keep("batch-1", [opening(1)]);
    vault.keepPayload("claim-1", '{"evidence":"INVENTED-EVIDENCE"}');
    for (const name of readdirSync(folder.path)) {
      const bytes = readFileSync(join(folder.path, name)).toString("latin1");
      for (const secret of ["INVENTED", "invented", "2020-02-03", "aa".repeat(1) + "0".repeat(60)]) {
        expect(bytes.includes(secret), `${secret} in ${name}`).to.equal(false);
      }
    }
  });

  it("keeps all openings of an operation or none, and a payment once", () => {
    vault.keep("batch-1", [opening(1)]);
    const repeated = { ...opening(1), commitment: hash(9) };
    expect(() => vault.keep("batch-2", [opening(2), repeated]))
      .to.throw(AlreadyInVault)
      .with.property("index", 1);
    expect(vault.openingsOf("batch-2")).to.deep.equal([]);
    expect(() => vault.keep("batch-2", [opening(3), opening(3)])).to.throw(AlreadyInVault);
  });

  it("forgets a payment for good, and nothing else", () => {
    vault.keep("batch-1", [opening(1), opening(2)]);
    const path = join(folder.path, "vault.db");
    const database = new DatabaseSync(path, { readOnly: true });
    const box = database
      .prepare("SELECT box FROM opening WHERE commitment = ?")
      .get(Buffer.from(hash(1).slice(2), "hex"));
    database.close();
    expect(vault.forget(reference(1))).to.equal(true);
    expect(vault.forget(reference(1))).to.equal(false);
    expect(vault.byCommitment(hash(1))).to.equal(undefined);
    expect(vault.byReference(reference(1))).to.equal(undefined);
    expect(vault.byReference(reference(2))?.operation).to.equal("batch-1");
    const sealed = box?.["box"];
    if (!(sealed instanceof Uint8Array)) throw new Error("no row was kept");
    for (const name of [path, `${path}-wal`]) {
      if (existsSync(name))
        expect(readFileSync(name).includes(Buffer.from(sealed)), `the row in ${name}`).to.equal(false);
    }
  });

  it("lets a failed operation's payments be recorded by another", () => {
    vault.keep("batch-1", [opening(1), opening(2)]);
    expect(vault.drop("batch-1")).to.equal(2);
    vault.keep("batch-2", [opening(1)]);
    expect(vault.byReference(reference(1))?.operation).to.equal("batch-2");
  });

  it("keeps what was asked for in an operation until it is forgotten", () => {
    vault.keepPayload("claim-1", '{"evidence":"invented"}');
    vault.keepPayload("claim-1", '{"evidence":"another"}');
    reopen();
    expect(vault.payload("claim-1")).to.equal('{"evidence":"invented"}');
    expect(vault.forgetPayload("claim-1")).to.equal(true);
    expect(vault.payload("claim-1")).to.equal(undefined);
  });

  it("opens with no other key, and no row in another's place", () => {
    vault.keep("batch-1", [opening(1), opening(2)]);
    const database = new DatabaseSync(join(folder.path, "vault.db"));
    database.exec("UPDATE opening SET box = (SELECT box FROM opening WHERE id = 2) WHERE id = 1");
    database.close();
    expect(() => vault.byCommitment(hash(1))).to.throw(UnreadableRow);
    reopen({ ...keys, vaultRows: createSecretKey(randomBytes(32)) });
    expect(() => vault.byCommitment(hash(2))).to.throw(UnreadableRow);
  });

  it("keeps 35,000 openings in a second", () => {
    const many = Array.from({ length: 35_000 }, (_, index) => opening(index + 1));
    const before = performance.now();
    vault.keep("batch-1", many);
    const tookMs = performance.now() - before;
    expect(vault.openingsOf("batch-1")).to.have.length(35_000);
    // Twice the budget: the machine may be busy. Row by row it would be more than ten times as much.
    expect(tookMs).to.be.lessThan(2_000);
    console.log(`        35,000 openings in ${tookMs.toFixed(0)} ms`);
  });
});
