/**
 * A store's database: SQLite in the data folder, or a schema of a PostgreSQL database that several gateways share.
 * Whoever uses it does not see which. Reading is of one moment. Writing is one after another, whoever writes, and on
 * disk when it resolves: in SQLite there is one writer by nature, in PostgreSQL the writers of a store queue for an
 * advisory lock, so that what a transaction read of its store still holds when it is committed.
 */
import { CompiledQuery } from "kysely";
import type { Kysely } from "kysely";
import type { Row } from "./rows.ts";
import type { DatabaseKind, Words } from "./words.ts";

export type Value = string | number | bigint | Uint8Array | null;

/** Statements on one connection, or on whichever is free. Text has `?` or `?1` for each value. */
export class Session<Schema = unknown> {
  readonly kysely: Kysely<Schema>;
  readonly kind: DatabaseKind;

  constructor(kysely: Kysely<Schema>, kind: DatabaseKind) {
    this.kysely = kysely;
    this.kind = kind;
  }

  async all(statement: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return (await this.#execute(statement, values)).rows;
  }

  async first(statement: string, values: readonly Value[] = []): Promise<Row | undefined> {
    const [row] = await this.all(statement, values);
    return row;
  }

  /** Answers how many rows changed. */
  async run(statement: string, values: readonly Value[] = []): Promise<number> {
    return Number((await this.#execute(statement, values)).numAffectedRows ?? 0n);
  }

  #execute(statement: string, values: readonly Value[]) {
    const sql = this.kind === "sqlite" ? statement : numbered(statement);
    const query: CompiledQuery<Row> = CompiledQuery.raw(sql, [...values]);
    return this.kysely.executeQuery(query);
  }
}

export interface Database<Schema = unknown> {
  readonly kind: DatabaseKind;
  /** Names it in messages: a path, or a schema; never a URL. */
  readonly place: string;
  /** For single statements that read. */
  readonly session: Session<Schema>;
  /** Runs `work` on one moment, whatever is written meanwhile. */
  read<Result>(work: (session: Session<Schema>) => Promise<Result>): Promise<Result>;
  /** Runs `work` in one transaction, committed and synced when this resolves, or rolled back where it throws. */
  write<Result>(work: (session: Session<Schema>) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` while no other gateway runs one of the same name. `check`, asked before something that must not happen
   * otherwise, rejects where the database has given the turn away because this gateway did not answer for too long.
   */
  exclusively<Result>(name: string, work: (check: () => Promise<void>) => Promise<Result>): Promise<Result>;
  /** Overwrites what was deleted from these tables, as far as the database can: on disk, not in its backups. */
  scrub(tables: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** How the place of a store in PostgreSQL begins. */
export const postgresPlace = "PostgreSQL schema ";

/** A schema in the words of both databases, and its version. */
export interface Definition {
  readonly version: number;
  readonly statements: (words: Words) => readonly string[];
}

/** A store was written by another version of the gateway. */
export class UnknownSchema extends Error {
  readonly place: string;
  readonly found: number;
  readonly expected: number;
  constructor(place: string, found: number, expected: number) {
    super(`${place}: schema version ${found}, this gateway reads ${expected}; run the version that wrote it`);
    this.name = "UnknownSchema";
    this.place = place;
    this.found = found;
    this.expected = expected;
  }
}

const numberedStatements = new Map<string, string>();
/** Statements of ours are few; those made of pieces differ only in how many rows they carry. */
const rememberedStatements = 1_000;

/** PostgreSQL's `$1` for SQLite's `?` or `?1`. No statement has a question mark that means anything else. */
const numbered = (statement: string): string => {
  const known = numberedStatements.get(statement);
  if (known !== undefined) return known;
  let last = 0;
  const text = statement.replace(
    /\?(\d*)/g,
    (_, digits: string) => `$${digits === "" ? (last += 1) : digits}`,
  );
  if (numberedStatements.size >= rememberedStatements) numberedStatements.clear();
  numberedStatements.set(statement, text);
  return text;
};
