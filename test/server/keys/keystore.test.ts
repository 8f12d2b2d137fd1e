import { expect } from "chai";
import { readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { openDataFolder } from "../../../server/folder.ts";
import type { DataFolder } from "../../../server/folder.ts";
import {
  InvalidKeystore,
  openKeystore,
  UnknownActor,
  WrongKeystorePassword,
} from "../../../server/keys/keystore.ts";
import { InvalidVaultKey, openVaultKey, referenceMark } from "../../../server/keys/secrets.ts";
import { temporaryFolder } from "../gateway.ts";

describe("the keys of a data folder", () => {
  let root: ReturnType<typeof temporaryFolder>;
  let folder: DataFolder;
  beforeEach(() => {
    root = temporaryFolder();
    folder = openDataFolder(root.path);
  });
  afterEach(() => {
    folder.release();
    root.remove();
  });
  const password = "invented password";

  it("are one for each actor, the same after a restart", () => {
    const first = openKeystore(folder, ["recorder", "payer"], password);
    expect(first.account("recorder").address).not.to.equal(first.account("payer").address);
    const again = openKeystore(folder, ["recorder", "payer"], password);
    expect(again.account("payer").address).to.equal(first.account("payer").address);
    expect(statSync(folder.file("keystore.json")).mode & 0o777).to.equal(0o600);
  });

  it("are added for a new actor, and never replaced", () => {
    const first = openKeystore(folder, ["recorder"], password);
    const second = openKeystore(folder, ["payer"], password);
    expect(second.actors).to.have.members(["recorder", "payer"]);
    expect(second.account("recorder").address).to.equal(first.account("recorder").address);
  });

  it("open with a generated password where none is given", () => {
    const first = openKeystore(folder, ["recorder"], undefined);
    expect(statSync(folder.file("keystore.password")).mode & 0o777).to.equal(0o600);
    expect(openKeystore(folder, ["recorder"], undefined).account("recorder").address).to.equal(
      first.account("recorder").address,
    );
    unlinkSync(folder.file("keystore.password"));
    expect(() => openKeystore(folder, ["recorder"], undefined)).to.throw(WrongKeystorePassword);
  });

  it("do not open with another password, nor in another actor's place", () => {
    openKeystore(folder, ["recorder", "payer"], password);
    expect(() => openKeystore(folder, ["recorder"], "another password")).to.throw(WrongKeystorePassword);
    const path = folder.file("keystore.json");
    const swapped = readFileSync(path, "utf8")
      .replace('"recorder"', '"x"')
      .replace('"payer"', '"recorder"')
      .replace('"x"', '"payer"');
    writeFileSync(path, swapped);
    expect(() => openKeystore(folder, ["recorder"], password)).to.throw(WrongKeystorePassword);
  });

  it("are refused where the file is not a keystore", () => {
    openKeystore(folder, ["recorder"], password);
    for (const text of ["{", '{"version":2}']) {
      writeFileSync(folder.file("keystore.json"), text);
      expect(() => openKeystore(folder, ["recorder"], password)).to.throw(InvalidKeystore);
    }
  });

  it("do not sign for an actor they do not know", () => {
    expect(() => openKeystore(folder, ["recorder"], password).account("payer")).to.throw(UnknownActor);
  });

  describe("of the vault", () => {
    const reference = { channel: "invented-pay", transactionNumber: "N1" };
    const mark = (key: "outboxReference" | "vaultReference"): string =>
      referenceMark(openVaultKey(folder)[key], reference).toString("hex");

    it("are the same after a restart, and different for each purpose", () => {
      const marks = [mark("outboxReference"), mark("vaultReference")];
      expect([mark("outboxReference"), mark("vaultReference")]).to.deep.equal(marks);
      expect(marks[0]).not.to.equal(marks[1]);
      expect(statSync(folder.file("vault.key")).mode & 0o777).to.equal(0o600);
    });

    it("tell channel and number apart", () => {
      const { outboxReference } = openVaultKey(folder);
      const one = referenceMark(outboxReference, { channel: "ab", transactionNumber: "c" });
      const two = referenceMark(outboxReference, { channel: "a", transactionNumber: "bc" });
      expect(one.equals(two)).to.equal(false);
    });

    it("are refused where the file is damaged", () => {
      openVaultKey(folder);
      writeFileSync(folder.file("vault.key"), "short");
      expect(() => openVaultKey(folder)).to.throw(InvalidVaultKey);
    });
  });
});
