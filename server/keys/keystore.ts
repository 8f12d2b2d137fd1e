/**
 * The signing keys of the gateway's actors: one secp256k1 key for each, kept encrypted in the data folder. The
 * password comes from KEYSTORE_PASSWORD; without it one is generated into a file beside, which protects a copied
 * keystore but not a copied folder.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { PrivateKeyAccount } from "viem/accounts";
import { isHex } from "../chain/wire.ts";
import { readSecret, writeSecret } from "../folder.ts";
import type { DataFolder } from "../folder.ts";

export class InvalidKeystore extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`keystore ${path}: ${reason}; restore it from its backup`);
    this.name = "InvalidKeystore";
    this.path = path;
  }
}

export class WrongKeystorePassword extends Error {
  readonly path: string;
  constructor(path: string) {
    super(
      `keystore ${path}: the password does not open it; set KEYSTORE_PASSWORD to the one it was made with`,
    );
    this.name = "WrongKeystorePassword";
    this.path = path;
  }
}

export class UnknownActor extends Error {
  readonly actor: string;
  constructor(actor: string) {
    super(`actor ${actor}: this gateway holds no key of that name`);
    this.name = "UnknownActor";
    this.actor = actor;
  }
}

export interface Keystore {
  readonly actors: readonly string[];
  /** Signs with an actor's key. Throws {@link UnknownActor}. */
  readonly account: (actor: string) => PrivateKeyAccount;
}

const Hexadecimal = Type.String({ pattern: "^[0-9a-f]+$" });
const Box = Type.Object({ iv: Hexadecimal, tag: Hexadecimal, ciphertext: Hexadecimal });
const KeystoreFile = Type.Object({
  version: Type.Literal(1),
  kdf: Type.Object({
    name: Type.Literal("scrypt"),
    n: Type.Integer({ minimum: 1024, maximum: 1_048_576 }),
    r: Type.Integer({ minimum: 1, maximum: 32 }),
    p: Type.Integer({ minimum: 1, maximum: 16 }),
    salt: Hexadecimal,
  }),
  keys: Type.Record(Type.String(), Type.Object({ address: Type.String(), box: Box })),
});
type KeystoreFile = Type.Static<typeof KeystoreFile>;

/** About 100 ms and 32 MiB a guess. */
const scryptCost = { n: 32_768, r: 8, p: 1 } as const;

const passwordKey = (password: string, kdf: KeystoreFile["kdf"]): Buffer =>
  scryptSync(password.normalize("NFC"), Buffer.from(kdf.salt, "hex"), 32, {
    N: kdf.n,
    r: kdf.r,
    p: kdf.p,
    maxmem: 256 * kdf.n * kdf.r,
  });

// The actor's name is authenticated: boxes cannot be swapped between actors.
const seal = (key: Buffer, actor: string, secret: string): Type.Static<typeof Box> => {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(actor));
  const ciphertext = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return {
    iv: iv.toString("hex"),
    tag: cipher.getAuthTag().toString("hex"),
    ciphertext: ciphertext.toString("hex"),
  };
};

const unseal = (key: Buffer, actor: string, box: Type.Static<typeof Box>): string => {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(box.iv, "hex"), { authTagLength: 16 })
    .setAAD(Buffer.from(actor))
    .setAuthTag(Buffer.from(box.tag, "hex"));
  return decipher.update(box.ciphertext, "hex", "utf8") + decipher.final("utf8");
};

const openPassword = (folder: DataFolder, given: string | undefined, keystoreExists: boolean): string => {
  if (given !== undefined) return given;
  const path = folder.file("keystore.password");
  const kept = readSecret(path);
  if (kept !== undefined) return kept.toString("utf8").trim();
  // A keystore whose password is elsewhere is not given a new one that cannot open it.
  if (keystoreExists) throw new WrongKeystorePassword(folder.file("keystore.json"));
  const fresh = randomBytes(32).toString("base64url");
  writeSecret(path, fresh);
  return fresh;
};

const readKeystoreFile = (path: string): KeystoreFile | undefined => {
  const bytes = readSecret(path);
  if (bytes === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new InvalidKeystore(path, "it is not JSON");
  }
  if (!Value.Check(KeystoreFile, parsed))
    throw new InvalidKeystore(path, "it is not a keystore of version 1");
  return parsed;
};

const unsealAccount = (
  path: string,
  key: Buffer,
  actor: string,
  entry: KeystoreFile["keys"][string],
): PrivateKeyAccount => {
  let secret: string;
  try {
    secret = unseal(key, actor, entry.box);
  } catch {
    throw new WrongKeystorePassword(path);
  }
  if (!isHex(secret)) throw new InvalidKeystore(path, `the key of ${actor} is not one`);
  const account = privateKeyToAccount(secret);
  if (account.address.toLowerCase() !== entry.address) {
    throw new InvalidKeystore(path, `the key of ${actor} is not that of ${entry.address}`);
  }
  return account;
};

/**
 * Opens the folder's keystore and makes a key for every one of `actors` that has none yet; existing keys are never
 * replaced. Throws {@link WrongKeystorePassword}, {@link InvalidKeystore}, and ReadableByOthers for a file that
 * others may read.
 */
export const openKeystore = (
  folder: DataFolder,
  actors: readonly string[],
  password: string | undefined,
): Keystore => {
  const path = folder.file("keystore.json");
  const kept = readKeystoreFile(path);
  const kdf = kept?.kdf ?? { name: "scrypt" as const, ...scryptCost, salt: randomBytes(16).toString("hex") };
  const key = passwordKey(openPassword(folder, password, kept !== undefined), kdf);
  const accounts = new Map<string, PrivateKeyAccount>();
  const keys: KeystoreFile["keys"] = { ...kept?.keys };
  for (const [actor, entry] of Object.entries(keys))
    accounts.set(actor, unsealAccount(path, key, actor, entry));

  const missing = actors.filter((actor) => !accounts.has(actor));
  for (const actor of missing) {
    const secret = generatePrivateKey();
    const account = privateKeyToAccount(secret);
    accounts.set(actor, account);
    keys[actor] = { address: account.address.toLowerCase(), box: seal(key, actor, secret) };
  }
  if (missing.length > 0)
    writeSecret(path, JSON.stringify({ version: 1, kdf, keys } satisfies KeystoreFile, null, 2));

  return {
    actors: [...accounts.keys()],
    account: (actor) => {
      const account = accounts.get(actor);
      if (account === undefined) throw new UnknownActor(actor);
      return account;
    },
  };
};
