/** The write side of a gateway in a folder that publishes to a node, as the tests of the outbox use it. */
import { NodeChain } from "../../server/chain/node-chain.ts";
import { nodeClient } from "../../server/chain/node-client.ts";
import { openDataFolder } from "../../server/folder.ts";
import { openKeystore, type Keystore } from "../../server/keys/keystore.ts";
import { openVaultKey } from "../../server/keys/secrets.ts";
import { PublishedLine, type PublishedSettings } from "../../server/outbox/published-line.ts";
import { Sender, type SenderOptions } from "../../server/outbox/sender.ts";
import { DatabaseOutbox } from "../../server/outbox/database-outbox.ts";
import type { Address } from "../../protocol/ids.ts";

export interface Publisher {
  readonly chain: NodeChain;
  readonly store: DatabaseOutbox;
  readonly sender: Sender;
  readonly keystore: Keystore;
  /** What an operator was told. */
  readonly notices: readonly string[];
  readonly close: () => Promise<void>;
}

const timeoutMs = 500;

/** Opens the folder's stores on the node at `url`. The sender is not started. */
export const openPublisher = async (
  path: string,
  url: string,
  settings: Partial<PublishedSettings> = {},
  options: Partial<SenderOptions> = {},
): Promise<Publisher> => {
  const folder = openDataFolder(path);
  const keystore = openKeystore(folder, ["recorder", "treasurer"], "invented password");
  const store = await DatabaseOutbox.open(
    { kind: "sqlite", path: folder.file("outbox.db") },
    openVaultKey(folder),
    () => 0,
  );
  const chain = await NodeChain.connect(nodeClient(url, timeoutMs));
  const notices: string[] = [];
  const published: PublishedSettings = {
    finalityBlocks: 0,
    pollMs: 20,
    maxFeePerGas: 500_000_000_000n,
    onNotice: (what) => notices.push(what),
    nowMs: () => 0,
    ...settings,
  };
  const sender = new Sender({
    chainId: chain.chainId,
    store,
    line: (parts) => new PublishedLine({ ...published, chain }, parts),
    account: keystore.account,
    actors: keystore.actors,
    ...options,
  });
  const close = async (): Promise<void> => {
    await sender.stop();
    await store.close();
    folder.release();
  };
  return { chain, store, sender, keystore, notices, close };
};

/** How far the counter has come. */
export const countedAt = async (chain: NodeChain, counter: Address): Promise<number> =>
  Number(await chain.request({ method: "eth_getStorageAt", params: [counter, "0x0", "latest"] }));

/** Asks again until it is so; what never comes true ends with the test's own time. */
export const eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
};
