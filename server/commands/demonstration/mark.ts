/**
 * The mark that tells a demonstration's folder from any other. It is set before the first record, so that a folder
 * without it holds somebody's books, and says how far the load has come.
 */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { ScriptedClock } from "../../chain/clock.ts";
import { openDataFolder } from "../../folder.ts";
import { openVaultKey } from "../../keys/secrets.ts";
import { keepClockOffset } from "../../outbox/kept-clock.ts";
import { DatabaseOutbox } from "../../outbox/database-outbox.ts";
import type { OutboxStore } from "../../outbox/store.ts";

const key = "demonstration";

/** Something to look at in the loaded demonstration. */
const Example = Type.Object({ what: Type.String(), where: Type.String() });
const Mark = Type.Union([
  Type.Object({
    state: Type.Literal("loading"),
    /** The moment whose steps were handed in last; the clock of a resumed load starts there. */
    moment: Type.Integer(),
  }),
  Type.Object({ state: Type.Literal("loaded"), examples: Type.Array(Example) }),
]);

export type Example = Static<typeof Example>;
export type Mark = Static<typeof Mark>;

/** The folder holds books that are no demonstration; nothing in it was touched. */
export class NotADemonstration extends Error {
  readonly folder: string;
  constructor(folder: string) {
    super(
      `data folder ${folder}: holds books that are not a demonstration; ` +
        `serve them with npm start, or give the demonstration an empty folder with DATA_DIR`,
    );
    this.name = "NotADemonstration";
    this.folder = folder;
  }
}

/** The mark does not read as one. */
export class DamagedMark extends Error {
  readonly folder: string;
  constructor(folder: string) {
    super(
      `data folder ${folder}: its mark of a demonstration is damaged; delete the folder and load it anew`,
    );
    this.name = "DamagedMark";
    this.folder = folder;
  }
}

/**
 * The mark of the folder; an empty or missing folder becomes a demonstration that begins to load at `moment`. Opens
 * the outbox alone, which takes milliseconds, and closes it again. Throws {@link NotADemonstration},
 * {@link DamagedMark} and DataFolderInUse.
 */
export const claimFolder = async (path: string, moment: number): Promise<Mark> => {
  const folder = openDataFolder(path);
  try {
    const outbox = await DatabaseOutbox.open(
      { kind: "sqlite", path: folder.file("outbox.db") },
      openVaultKey(folder),
    );
    try {
      return await markIn(outbox, path, moment);
    } finally {
      await outbox.close();
    }
  } finally {
    folder.release();
  }
};

const markIn = async (outbox: OutboxStore, path: string, moment: number): Promise<Mark> => {
  const text = await outbox.meta(key);
  if (text !== undefined) return readMark(text, path);
  const isEmpty = (await outbox.lastPlanNumber()) === 0 && (await outbox.unsettled()) === 0;
  if (!isEmpty) throw new NotADemonstration(path);
  const mark: Mark = { state: "loading", moment };
  // Whoever opens the folder before the load is complete finds a demonstration's clock, not the time of day.
  await keepClockOffset(outbox, new ScriptedClock(moment).runOn());
  await setMark(outbox, mark);
  return mark;
};

const readMark = (text: string, path: string): Mark => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new DamagedMark(path);
  }
  if (!Value.Check(Mark, content)) throw new DamagedMark(path);
  return content;
};

export const setMark = (outbox: OutboxStore, mark: Mark): Promise<void> =>
  outbox.setMeta(key, JSON.stringify(mark));
