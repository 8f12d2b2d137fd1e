/** A replica's own key: what it says it saw is signed with it. It holds no money and has no right on any ledger. */
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from "viem/accounts";
import { isHex } from "../chain/wire.ts";
import { readSecret, writeSecret, type DataFolder } from "../folder.ts";
import { DamagedReplica } from "./kept.ts";

/** Makes it on the first start. Throws {@link DamagedReplica}, and ReadableByOthers for a file that others may read. */
export const openReplicaKey = (folder: DataFolder): PrivateKeyAccount => {
  const path = folder.file("replica.key");
  const kept = readSecret(path)?.toString("utf8").trim();
  if (kept === undefined) {
    const fresh = generatePrivateKey();
    writeSecret(path, fresh);
    return privateKeyToAccount(fresh);
  }
  if (!isHex(kept) || kept.length !== 66) throw new DamagedReplica("replica.key is not a key");
  return privateKeyToAccount(kept);
};
