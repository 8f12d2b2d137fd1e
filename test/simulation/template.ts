/** Books to begin with, deployed and filled once; every simulation starts on a copy of their folder. */
import { Type, type Static } from "typebox";
import { openBooks } from "../server/api/books.ts";

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
});
export type Beginning = Static<typeof Beginning>;

export interface Template extends Beginning {
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
