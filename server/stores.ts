/**
 * The stores of a gateway: files of its data folder, or schemas of the database that several gateways share. The key
 * files are in the folder either way; gateways that share a database have copies of the same ones.
 */
import { createHmac, type KeyObject } from "node:crypto";
import { AccessLog } from "./access-log/access-log.ts";
import { ApiKeys } from "./access/api-keys.ts";
import { Sessions } from "./access/sessions.ts";
import type { Config } from "./config.ts";
import { Lease } from "./database/lease.ts";
import type { Place } from "./database/open.ts";
import { actors } from "./desk/actors.ts";
import { headKeyName } from "./heads/head-key.ts";
import { openDataFolder, type DataFolder } from "./folder.ts";
import { openKeystore, type Keystore } from "./keys/keystore.ts";
import { openVaultKey, type DerivedKeys } from "./keys/secrets.ts";
import { DatabaseOutbox } from "./outbox/database-outbox.ts";
import { Vault } from "./vault/vault.ts";

export const storeNames = ["outbox", "vault", "access", "log", "index"] as const;
export type StoreName = (typeof storeNames)[number];

export interface Stores {
  readonly folder: DataFolder;
  readonly keystore: Keystore;
  /** Makes the ids of operations. */
  readonly operationKey: KeyObject;
  readonly outbox: DatabaseOutbox;
  readonly vault: Vault;
  readonly keys: ApiKeys;
  readonly sessions: Sessions;
  readonly accessLog: AccessLog;
  readonly place: (name: StoreName) => Place;
  /** Who of several gateways sends; absent where there is one. */
  readonly lease: Lease | undefined;
}

/** Another gateway's stores: their rows would not open, and its accounts are those that the ledger knows. */
export class ForeignKeys extends Error {
  constructor() {
    super(
      "DATABASE_URL: the stores there were made with other keys than those in DATA_DIR; " +
        "copy keystore.json, vault.key and the keystore's password from the gateway that made them",
    );
    this.name = "ForeignKeys";
  }
}

export const placeOf =
  ({ databaseUrl: url }: Config, folder: DataFolder) =>
  (name: StoreName): Place =>
    url === undefined
      ? { kind: "sqlite", path: folder.file(`${name}.db`) }
      : { kind: "postgresql", url, schema: `everyfen_${name}` };

/**
 * Opens all but the index, each of which `closers` is told how to close. Throws {@link ForeignKeys} and what the parts
 * throw.
 */
export const openStores = async (
  config: Config,
  closers: (() => Promise<void> | void)[],
  nowMs?: () => number,
): Promise<Stores> => {
  const folder = openDataFolder(config.dataDir);
  closers.push(() => folder.release());
  const keystore = openKeystore(folder, [...actors, headKeyName], config.keystorePassword?.reveal());
  const secrets = openVaultKey(folder);
  const place = placeOf(config, folder);
  const outbox = await DatabaseOutbox.open(place("outbox"), secrets);
  closers.push(() => outbox.close());
  const lease =
    config.databaseUrl === undefined ? undefined : await joined(config, outbox, keystore, secrets);
  // Where the database is gone, it runs out by itself.
  if (lease !== undefined) closers.push(() => lease.release().catch(() => {}));
  const vault = await Vault.open(place("vault"), secrets);
  closers.push(() => vault.close());
  const keys = await ApiKeys.open(place("access"), secrets, nowMs);
  closers.push(() => keys.close());
  const accessLog = await AccessLog.open(place("log"), secrets.accessLog);
  closers.push(() => accessLog.close());
  const sessions = new Sessions(keys, nowMs);
  const { operationId: operationKey } = secrets;
  return { folder, keystore, operationKey, outbox, vault, keys, sessions, accessLog, place, lease };
};

const joined = async (
  { leaseSeconds }: Config,
  outbox: DatabaseOutbox,
  keystore: Keystore,
  secrets: DerivedKeys,
): Promise<Lease> => {
  const own = keyMark(keystore, secrets);
  if ((await outbox.keepMeta("keys", own)) !== own) throw new ForeignKeys();
  return new Lease({ database: outbox.database, name: "sender", durationMs: leaseSeconds * 1_000 });
};

/** Equal for equal keys, and says nothing about them. */
const keyMark = (keystore: Keystore, { requestDigest }: DerivedKeys): string => {
  const accounts = keystore.actors.map((actor) => `${actor} ${keystore.account(actor).address}`);
  return createHmac("sha256", requestDigest)
    .update(`keys\0${accounts.toSorted().join("\n")}`)
    .digest("hex");
};
