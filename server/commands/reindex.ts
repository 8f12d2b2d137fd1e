/** Makes everything that the index derives anew, from the raw logs that it keeps; neither chain nor node is asked. */
import { openDataFolder } from "../folder.ts";
import { openKeptIndex } from "../index/open.ts";

export interface Reindexed {
  readonly events: number;
  /** The last block, to which the index answers as before. */
  readonly block: number;
}

/** Throws DataFolderInUse while the gateway runs, UnreadableIndex where there is no index with logs. */
export const reindex = async (dataDir: string): Promise<Reindexed> => {
  const folder = openDataFolder(dataDir);
  try {
    const index = await openKeptIndex({ kind: "sqlite", path: folder.file("index.db") });
    try {
      const events = await index.reindex();
      return { events, block: (await index.head())?.number ?? 0 };
    } finally {
      await index.close();
    }
  } finally {
    folder.release();
  }
};
