/** The write side of a gateway in a folder, as the tests of the outbox use it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Address } from "../../protocol/ids.ts";
import { EmbeddedChain } from "../../server/chain/embedded.ts";
import { ScriptedClock } from "../../server/chain/clock.ts";
import { genesisTimeSeconds } from "../../server/chain/pinned.ts";
import { openDataFolder } from "../../server/folder.ts";
import { openKeystore } from "../../server/keys/keystore.ts";
import { openVaultKey } from "../../server/keys/secrets.ts";
import { PlannedLine } from "../../server/outbox/planned-line.ts";
import { Sender } from "../../server/outbox/sender.ts";
import type { SenderOptions } from "../../server/outbox/sender.ts";
import { DatabaseOutbox } from "../../server/outbox/database-outbox.ts";
import type { NewOperation } from "../../server/outbox/store.ts";
import { counterInitcode, expectPosition } from "./contracts.ts";

export const startsAt = genesisTimeSeconds + 86_400;

export interface Gateway {
  readonly chain: EmbeddedChain;
  readonly store: DatabaseOutbox;
  readonly sender: Sender;
  readonly clock: ScriptedClock;
  readonly close: () => Promise<void>;
}

/** Opens the folder's stores on a fresh chain. The sender is not started. */
export const openGateway = async (path: string, options: Partial<SenderOptions> = {}): Promise<Gateway> => {
  const folder = openDataFolder(path);
  const keystore = openKeystore(folder, ["recorder", "treasurer"], "invented password");
  const store = await DatabaseOutbox.open(
    { kind: "sqlite", path: folder.file("outbox.db") },
    openVaultKey(folder),
    () => 0,
  );
  const chain = await EmbeddedChain.create();
  const clock = new ScriptedClock(startsAt);
  const sender = new Sender({
    chainId: chain.chainId,
    store,
    line: (parts) => new PlannedLine({ chain, clock }, parts),
    account: keystore.account,
    actors: keystore.actors,
    ...options,
  });
  const close = async (): Promise<void> => {
    await sender.stop();
    await store.close();
    await chain.close();
    folder.release();
  };
  return { chain, store, sender, clock, close };
};

/** A folder that is gone after the test. */
export const temporaryFolder = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "everyfen-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export const deployment = (id = "deploy", calldata = counterInitcode): NewOperation => ({
  id,
  kind: "deploy",
  actor: "recorder",
  call: { calldata, gasLimit: 500_000n },
  request: `deploy ${id}`,
});

/** Counts from `position`, signed by turns by two actors. */
export const count = (to: Address, position: number, id = `count-${position}`): NewOperation => ({
  id,
  kind: "count",
  actor: position % 2 === 0 ? "recorder" : "treasurer",
  call: { to, calldata: expectPosition(position), gasLimit: 200_000n },
  request: `count ${position}`,
});

/** Submits the counter's deployment and answers its address. */
export const deployCounter = async (sender: Sender): Promise<Address> => {
  await sender.submit(deployment());
  const operation = await sender.waitFor("deploy");
  if (operation.mined?.contractAddress === undefined) throw new Error("the counter was not created");
  return operation.mined.contractAddress;
};

/** How far the counter has come. */
export const counted = async (chain: EmbeddedChain, counter: Address): Promise<number> =>
  Number(await chain.request({ method: "eth_getStorageAt", params: [counter, "0x0", "latest"] }));
