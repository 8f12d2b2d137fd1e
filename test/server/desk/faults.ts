/** Faults put into an open gateway, between two of its own steps. */
import { join } from "node:path";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { openVaultKey } from "../../../server/keys/secrets.ts";
import { Vault } from "../../../server/vault/vault.ts";
import type { Service } from "../service.ts";

/** The vault of an open gateway, beside it. */
export const vaultOf = (service: Service): Promise<Vault> => {
  const file = (name: string): string => join(service.folder, name);
  const keys = openVaultKey({ path: service.folder, file, release: () => {} });
  return Vault.open(
    service.database === undefined
      ? { kind: "sqlite", path: file("vault.db") }
      : { kind: "postgresql", url: service.database, schema: "everyfen_vault" },
    keys,
  );
};

/** While `work` runs, what reaches the outbox is lost, as when the process ends between vault and outbox. */
export const losingAcceptance = async (service: Service, work: () => Promise<void>): Promise<void> => {
  const { outbox } = service.gateway;
  Object.assign(outbox, {
    accept: async (): Promise<never> => {
      throw new Error("invented: the disk is full");
    },
  });
  try {
    await work();
  } finally {
    Reflect.deleteProperty(outbox, "accept");
  }
};

/** Holds back what is submitted until it is released, as a slow disk does; says when something has been. */
export const holdingAcceptance = (
  service: Service,
): { readonly reached: Promise<void>; readonly release: () => void } => {
  // Not the outbox: gateways that share a database write through one that is fenced by their lease.
  const { sender } = service.gateway;
  const submit = sender.submitAll.bind(sender);
  let reach = (): void => {};
  const reached = new Promise<void>((resolve) => (reach = resolve));
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const held: typeof submit = async (operations) => {
    reach();
    await gate;
    return submit(operations);
  };
  Object.assign(sender, { submitAll: held });
  const release = (): void => {
    Reflect.deleteProperty(sender, "submitAll");
    open();
  };
  return { reached, release };
};

/** Holds the next block back until the answer is called, so that everything asked meanwhile is under way together. */
export const holdingBlocks = (service: Service): (() => void) => {
  const { chain } = service.gateway;
  if (!(chain instanceof EmbeddedChain))
    throw new Error("only the embedded chain makes the blocks it is told");
  const mine = chain.mineBlock.bind(chain);
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const held: typeof mine = async (plan) => {
    await gate;
    return mine(plan);
  };
  Object.assign(chain, { mineBlock: held });
  return () => {
    Reflect.deleteProperty(chain, "mineBlock");
    open();
  };
};
