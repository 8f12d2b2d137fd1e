/** Books to begin with, deployed and filled once for each variant; every simulation starts on copies of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Type, type Static } from "typebox";
import type { Anvil } from "../server/anvil.ts";
import { openBooks } from "../server/api/books.ts";
import { startPostgres, type PostgresServer } from "../server/database/postgres.ts";
import type { Service } from "../server/service.ts";
import { finalityBlocks, keepState, startNode } from "./outside-chain.ts";
import type { Variant } from "./variants.ts";

export const Beginning = Type.Object({
  folder: Type.String(),
  /** The admin's API key. */
  key: Type.String(),
  books: Type.Object({
    funds: Type.Array(Type.String()),
    programmes: Type.Array(Type.String()),
    /** The programme that people are enrolled in. */
    insurance: Type.String(),
  }),
  /** The last block of what is there already. */
  block: Type.Integer(),
  /** The ledger's time. */
  time: Type.Integer(),
  /** The file that a node outside is started on; absent where the chain is in the gateway's process. */
  chain: Type.Optional(Type.String()),
  /** The URL of the database with the stores; absent where they are in the folder. */
  database: Type.Optional(Type.String()),
});
export type Beginning = Static<typeof Beginning>;

export const Beginnings = Type.Partial(
  Type.Object({ embedded: Beginning, outside: Beginning, shared: Beginning }),
);
export type Beginnings = Static<typeof Beginnings>;

export interface Templates {
  readonly beginnings: Beginnings;
  readonly remove: () => Promise<void>;
}

type Closers = (() => Promise<void> | void)[];

/** Opens what the variants begin with. */
export const openTemplates = async (variants: ReadonlySet<Variant>): Promise<Templates> => {
  const closers: Closers = [];
  const remove = async (): Promise<void> => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const beginnings: Beginnings = {};
    if (variants.has("embedded")) beginnings.embedded = await embedded(closers);
    if (variants.has("outside")) beginnings.outside = await outside(closers);
    if (variants.has("shared")) beginnings.shared = await shared(closers, await postgres(closers));
    return { beginnings, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

const embedded = async (closers: Closers): Promise<Beginning> => {
  const books = await openBooks();
  closers.push(() => books.service.close());
  const block = (await books.service.gateway.chain.head()).number;
  await end(books.service);
  return { ...common(books), block, time: books.service.clock.now() };
};

const postgres = async (closers: Closers): Promise<PostgresServer> => {
  const server = await startPostgres();
  closers.push(() => server.stop());
  return server;
};

const shared = async (closers: Closers, server: PostgresServer): Promise<Beginning> => {
  const database = (await server.newDatabase()).reveal();
  return { ...(await outside(closers, { DATABASE_URL: database })), database };
};

/** While the books are made gas is free and every transaction has a block of its own. */
const outside = async (
  closers: Closers,
  environment: Readonly<Record<string, string>> = {},
): Promise<Beginning> => {
  const anvil = await startNode([]);
  try {
    const books = await openBooks({
      RPC_URL: anvil.url,
      FINALITY_BLOCKS: "0",
      POLL_INTERVAL_MS: "20",
      ...environment,
    });
    closers.push(() => books.service.close());
    await payIn(anvil, books.service);
    await anvil.mine(finalityBlocks);
    const head = await books.service.gateway.chain.head();
    await end(books.service);
    const folder = mkdtempSync(join(tmpdir(), "everyfen-simulation-chain-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    const chain = join(folder, "state.json");
    await keepState(anvil, chain);
    return { ...common(books), block: head.number, time: head.time, chain };
  } finally {
    await anvil.end();
  }
};

/** Later gas costs something. */
const payIn = async (anvil: Anvil, { gateway }: Service): Promise<void> => {
  const { signers } = await gateway.sender.status();
  for (const { account } of signers) {
    await anvil.rpc("anvil_setBalance", account, `0x${(10n ** 24n).toString(16)}`);
  }
};

const common = ({
  service,
  fund,
  restricted,
  insurance,
  aid,
}: Awaited<ReturnType<typeof openBooks>>): Pick<Beginning, "folder" | "key" | "books"> => ({
  folder: service.folder,
  key: service.key,
  books: { funds: [fund, restricted], programmes: [insurance, aid], insurance },
});

/** Its folder stays until the template is removed. */
const end = async ({ app, gateway }: Service): Promise<void> => {
  await app.close();
  await gateway.close();
};
