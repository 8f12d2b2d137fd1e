/** Books to begin with, deployed and filled once; every simulation starts on a copy of their folder. */
import { openBooks } from "../server/api/books.ts";
import type { Books } from "./writes.ts";

export interface Template {
  readonly folder: string;
  /** The admin's API key. */
  readonly key: string;
  readonly books: Books;
  /** The last block of what is there already. */
  readonly block: number;
  /** The ledger's time. */
  readonly time: number;
  readonly remove: () => Promise<void>;
}

export const openTemplate = async (): Promise<Template> => {
  const { service, fund, restricted, insurance, aid } = await openBooks();
  const block = (await service.gateway.chain.head()).number;
  await service.app.close();
  await service.gateway.close();
  return {
    folder: service.folder,
    key: service.key,
    books: { funds: [fund, restricted], programmes: [insurance, aid], insurance },
    block,
    time: service.clock.now(),
    remove: () => service.close(),
  };
};
