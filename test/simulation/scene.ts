/** The gateways of a simulation with all that they stand on: chain, database, clocks. */
import { Secret } from "../../server/config.ts";
import { Random } from "../model/random.ts";
import { copyDatabase, dropDatabase } from "../server/database/postgres.ts";
import { OutsideChain } from "./outside-chain.ts";
import { nothing, Outside, type Surroundings } from "./surroundings.ts";
import type { Beginning } from "./template.ts";
import { World } from "./world.ts";

export interface Place {
  readonly world: World;
  readonly surroundings: Surroundings;
}

export interface Scene {
  /** One for each gateway. */
  readonly places: readonly Place[];
  readonly chain: OutsideChain | undefined;
  close(): Promise<void>;
}

export const openScene = async (seed: number, beginning: Beginning, now: () => number): Promise<Scene> => {
  const random = new Random(seed + 1_000_003);
  const { folder, key, chain: state, database: original } = beginning;
  if (state === undefined) {
    const place = { world: new World(folder, key, now, nothing), surroundings: nothing };
    return { places: [place], chain: undefined, close: () => place.world.close() };
  }
  const chain = await OutsideChain.start(state, random);
  const database = original === undefined ? undefined : await copyDatabase(new Secret(original));
  const gateways = database === undefined ? 1 : 2;
  const places = Array.from({ length: gateways }, (): Place => {
    const surroundings = new Outside(chain, database, random);
    return { world: new World(folder, key, now, surroundings), surroundings };
  });
  const close = async (): Promise<void> => {
    for (const { surroundings, world } of places) {
      surroundings.calm();
      await world.close();
    }
    await chain.close();
    if (database !== undefined) await dropDatabase(database);
  };
  return { places, chain, close };
};
