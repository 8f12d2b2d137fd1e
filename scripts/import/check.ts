/** Pass one: reads the whole file, asks the gateway how its gifts stand, and records nothing. */
import { basename } from "node:path";
import type { CsvFile, CsvRecord } from "./csv.ts";
import { UnreadableFile } from "./csv.ts";
import { Faults, FileRefused, type Place } from "./faults.ts";
import { readHeader, type Header } from "./header.ts";
import { InFlight, requestsAtOnce } from "./in-flight.ts";
import type { ControlTotals, Profile } from "./profile.ts";
import { isLeftOut, readRow, sourceOf } from "./row.ts";
import { GiftsRefused, maxGiftsPerRequest, type Gift, type ImportTarget } from "./target.ts";
import { compareTotals, disagreements, Tallies, type Comparison } from "./totals.ts";

/** References inside a file are compared in memory; a larger file is to be cut by day or by month. */
export const maxRecords = 5_000_000;

/** A gift and where it stands in the file. */
export interface PlacedGift extends Place {
  readonly gift: Gift;
  readonly source: string;
}

export interface Checked {
  readonly records: number;
  readonly leftOut: number;
  readonly bySource: Tallies;
  readonly byFund: Tallies;
  /** Records that the gateway has already, with equal amount, fund and time. Undefined if nobody asked it. */
  readonly recorded: ReadonlySet<number> | undefined;
  readonly comparisons: readonly Comparison[];
  /** Names of the profile's source filter that no row has. */
  readonly unseenSources: readonly string[];
}

/** Reads the file's gifts one by one; what is wrong goes to `faults`. */
export class GiftReader {
  records = 0;
  leftOut = 0;
  readonly seenSources = new Set<string>();
  readonly #profile: Profile;
  readonly #file: CsvFile;
  readonly #faults: Faults;

  constructor(profile: Profile, file: CsvFile, faults: Faults) {
    this.#profile = profile;
    this.#file = file;
    this.#faults = faults;
  }

  async *gifts(): AsyncGenerator<PlacedGift> {
    try {
      let header: Header | undefined;
      for await (const record of this.#file.records()) {
        if (header === undefined) {
          header = this.#header(record);
          if (header === undefined) return;
        } else {
          const gift = this.#gift(header, record);
          if (gift !== undefined) yield gift;
        }
      }
      if (header === undefined) this.#faults.add({ line: 1, record: 0, reason: "the file is empty" });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#faults.add(error.fault);
    }
  }

  #header({ cells, line }: CsvRecord): Header | undefined {
    const read = readHeader(this.#profile, cells, line);
    if ("header" in read) return read.header;
    this.#faults.add(...read.faults);
    return undefined;
  }

  #gift(header: Header, { cells, line, record }: CsvRecord): PlacedGift | undefined {
    this.records += 1;
    if (cells.length !== header.columns) {
      this.#faults.add({
        line,
        record,
        reason: `has ${cells.length} cells, the header has ${header.columns}`,
      });
      return undefined;
    }
    const row = header.cellsOf(cells);
    const named = sourceOf(this.#profile, row);
    if (named !== undefined) this.seenSources.add(named);
    if (isLeftOut(this.#profile, named)) {
      this.leftOut += 1;
      return undefined;
    }
    const read = readRow(this.#profile, row);
    if ("gift" in read) return { line, record, gift: read.gift, source: named ?? basename(this.#file.path) };
    this.#faults.add(...read.faults.map((fault) => ({ line, record, ...fault })));
    return undefined;
  }
}

/** Finds a reference that the file has twice. */
class References {
  readonly #lines = new Map<string, number>();

  /** The line that had the gift's reference before; undefined for a new one. */
  repeated({ gift, line }: PlacedGift): number | undefined {
    const key = `${gift.channel} ${gift.transactionNumber}`;
    const before = this.#lines.get(key);
    if (before === undefined) this.#lines.set(key, line);
    return before;
  }
}

const referenceColumn = ({ columns }: Profile, { providerIssued }: Gift): string =>
  providerIssued ? (columns.transactionNumber ?? "") : (columns.reference ?? []).join(" + ");

/** The profile's column that a field of the API came from. */
const columnOf = (profile: Profile, gift: Gift, field: string): string | undefined => {
  switch (field) {
    case "amount":
      return profile.columns.amount;
    case "occurredAt":
      return profile.columns.occurredAt.column;
    case "transactionNumber":
      return referenceColumn(profile, gift);
    case "channel":
      return "column" in profile.channel ? profile.channel.column : undefined;
    case "fund":
      return profile.funds.column;
    default:
      return undefined;
  }
};

/** Asks the gateway about gifts in chunks and collects which are recorded already. */
class Standing {
  readonly recorded = new Set<number>();
  readonly #target: ImportTarget;
  readonly #profile: Profile;
  readonly #faults: Faults;
  readonly #requests = new InFlight(requestsAtOnce);
  /** Answers are noted in the order of the file, in whatever order they come. */
  #noted: Promise<void> = Promise.resolve();
  #chunk: PlacedGift[] = [];

  constructor(target: ImportTarget, profile: Profile, faults: Faults) {
    this.#target = target;
    this.#profile = profile;
    this.#faults = faults;
  }

  async add(gift: PlacedGift): Promise<void> {
    this.#chunk.push(gift);
    if (this.#chunk.length === maxGiftsPerRequest) await this.#begin();
  }

  /** Asks about the last gifts; resolves once every answer has come. */
  async end(): Promise<void> {
    if (this.#chunk.length > 0) await this.#begin();
    await this.#requests.end();
  }

  #begin(): Promise<void> {
    const chunk = this.#chunk;
    this.#chunk = [];
    return this.#requests.begin(() => {
      const before = this.#noted;
      const asked = this.#ask(chunk, before);
      this.#noted = asked.catch(() => {});
      return asked;
    });
  }

  async #ask(chunk: readonly PlacedGift[], before: Promise<void>): Promise<void> {
    try {
      const answers = await this.#target.standing(chunk.map(({ gift }) => gift));
      await before;
      for (const [index, placed] of chunk.entries()) this.#note(placed, answers[index]);
    } catch (error) {
      if (!(error instanceof GiftsRefused)) throw error;
      await before;
      for (const { field, reason } of error.errors) this.#refuse(chunk, field, reason);
    }
  }

  #note({ gift, line, record }: PlacedGift, standing: string | undefined): void {
    if (standing === "recorded") this.recorded.add(record);
    if (standing !== "conflict") return;
    const reason =
      "is recorded already with another amount, fund or time; a correction is a record of its own";
    this.#faults.add({ line, record, column: referenceColumn(this.#profile, gift), reason });
  }

  #refuse(chunk: readonly PlacedGift[], field: string, reason: string): void {
    const match = /^donations\[([0-9]+)\]\.?(.*)$/.exec(field);
    const placed = chunk[Number(match?.[1] ?? "-1")];
    const place =
      placed === undefined ? { line: chunk[0]?.line ?? 0, record: chunk[0]?.record ?? 0 } : placed;
    const column = placed === undefined ? undefined : columnOf(this.#profile, placed.gift, match?.[2] ?? "");
    this.#faults.add({
      line: place.line,
      record: place.record,
      ...(column === undefined ? {} : { column }),
      reason: `the gateway refuses ${field}: ${reason}`,
    });
  }
}

/**
 * Checks every row. Throws {@link FileRefused} with the faults of the whole file, or with control totals that
 * disagree, and what the gateway's port throws. Without `target` nobody is asked what is recorded already.
 */
export const checkFile = async (
  file: CsvFile,
  profile: Profile,
  totals: ControlTotals | undefined,
  target: ImportTarget | undefined,
): Promise<Checked> => {
  const faults = new Faults();
  const reader = new GiftReader(profile, file, faults);
  const references = new References();
  const standing = target === undefined ? undefined : new Standing(target, profile, faults);
  const [bySource, byFund] = [new Tallies(), new Tallies()];
  for await (const placed of reader.gifts()) {
    const { gift, source, line, record } = placed;
    if (record > maxRecords) {
      faults.add({
        line,
        record,
        reason: `is past the ${maxRecords} rows that one import takes; cut the file`,
      });
      break;
    }
    const before = references.repeated(placed);
    if (before === undefined) {
      bySource.add(source, gift.amount);
      byFund.add(gift.fund, gift.amount);
      await standing?.add(placed);
    } else {
      faults.add({ line, record, column: referenceColumn(profile, gift), reason: `repeats line ${before}` });
    }
  }
  await standing?.end();

  const comparisons = totals === undefined ? [] : compareTotals(totals, bySource);
  // Rows that could not be read are missing from the sums; their faults say so better than the totals.
  if (faults.count > 0) throw new FileRefused(faults);
  const disagreeing = disagreements(comparisons);
  if (disagreeing.length > 0) throw new FileRefused(faults, disagreeing);

  const named = [...(profile.source?.include ?? []), ...(profile.source?.exclude ?? [])];
  return {
    records: reader.records,
    leftOut: reader.leftOut,
    bySource,
    byFund,
    recorded: standing?.recorded,
    comparisons,
    unseenSources: named.filter((name) => !reader.seenSources.has(name)),
  };
};
