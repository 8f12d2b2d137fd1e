/**
 * Checks an export without anybody's help, byte for byte as it streams by: that its head is as it was sealed, that every
 * row is there once and in its place, inside the blocks that the head names, and that no byte of a row was changed. What
 * is wrong is named as what it is. Whether the rows are those of the chain, only a node can tell.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../bytes.ts";
import { bytes32 } from "../ids.ts";
import {
  headerComments,
  headerLine,
  isSealed,
  membersOfComments,
  membersOfLine,
  readHeader,
  UnreadableHeader,
} from "./header.ts";
import type { ExportHeader, HeaderMembers } from "./header.ts";
import { readLedgerLine, UnreadableRow } from "./ledger-rows.ts";
import type { LedgerRow } from "./ledger-rows.ts";

export const exportFaults = [
  /** No head of an export that this version reads. */
  "notAnExport",
  /** The head is not as it was sealed. */
  "headerChanged",
  "cutShort",
  "rowMissing",
  "rowDoubled",
  "rowMoved",
  "rowAdded",
  /** All rows are there, but not the bytes that were digested. */
  "rowChanged",
  "rowUnreadable",
  /** Of a block that the head does not name, or of another hash or time than it has elsewhere, or before the row above it. */
  "rowOutOfPlace",
] as const;
export type ExportFaultKind = (typeof exportFaults)[number];

export interface ExportFault {
  readonly kind: ExportFaultKind;
  /** The row's number, counted from 1, where the fault is at one. */
  readonly row?: number;
  readonly detail: string;
}

export interface ExportReport {
  /** Absent where there is none that can be read. */
  readonly header: ExportHeader | undefined;
  readonly rows: number;
  readonly faults: readonly ExportFault[];
}

/** The longest row is a batch of 3,000 donations: 120 kB, twice that in hexadecimal. */
const lineLimitBytes = 4 * 1024 * 1024;
/** The first faults say what happened; a file that is nothing but faults is not listed whole. */
const faultLimit = 20;
/** Gaps that are remembered, to tell a row that stands elsewhere from one that is not there. */
const gapLimit = 10_000;
const headerLineLimit = 40;

const newline = 10;

type State = "head" | "columns" | "rows" | "spoilt";

export class ExportCheck {
  readonly #hash = sha256.create();
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #faults: ExportFault[] = [];
  readonly #comments: string[] = [];
  readonly #gaps = new Set<number>();
  #state: State = "head";
  #rest: Uint8Array = new Uint8Array(0);
  #header: ExportHeader | undefined;
  #columns: readonly string[] = [];
  #rows = 0;
  #last = 0;
  #place: readonly [block: number, logIndex: number] = [-1, -1];
  /** The first block that the file contradicts itself about: a fault of its own where the file is as it was sealed. */
  #contradiction: ExportFault | undefined;
  #block: Pick<LedgerRow, "blockNumber" | "blockHash" | "blockTime"> | undefined;
  readonly #onLog: (row: LedgerRow) => void;

  /** `onLog` is given every log of an export of the ledger that can be read, as it streams by. */
  constructor(onLog: (row: LedgerRow) => void = () => {}) {
    this.#onLog = onLog;
  }

  /** The next bytes of the file. */
  push(bytes: Uint8Array): void {
    let from = 0;
    while (this.#state !== "spoilt") {
      const end = bytes.indexOf(newline, from);
      const piece = bytes.subarray(from, end < 0 ? bytes.length : end + 1);
      const line = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
      if (line.length > lineLimitBytes) return this.#spoil("rowUnreadable", "a line is longer than 4 MiB");
      if (end < 0) {
        this.#rest = line.slice();
        return;
      }
      this.#rest = new Uint8Array(0);
      this.#line(line);
      from = end + 1;
    }
  }

  /** What was found, once all bytes were pushed. */
  end(): ExportReport {
    const isPartial = this.#rest.length > 0 && this.#state !== "spoilt";
    if (this.#state === "head") this.#spoil("notAnExport", "the file ends before its head does");
    else if (this.#header !== undefined && this.#state !== "spoilt") this.#close(this.#header, isPartial);
    return { header: this.#header, rows: this.#rows, faults: this.#faults };
  }

  #line(bytes: Uint8Array): void {
    const line = this.#text(bytes);
    if (this.#state === "head") {
      if (line === undefined) return this.#spoil("notAnExport", "the head is no text");
      const isEnded = this.#head(line.replace(/\r?\n$/, ""));
      if (!isEnded) return;
      // The line behind the comments is of the digested bytes already.
      if (line.startsWith("{")) return;
    }
    if (this.#state === "spoilt") return;
    this.#hash.update(bytes);
    if (this.#state === "columns") {
      this.#columns = (line ?? "").trimEnd().split(",");
      this.#state = "rows";
      return;
    }
    this.#rows += 1;
    this.#row(line?.replace(/\r?\n$/, ""));
  }

  #text(bytes: Uint8Array): string | undefined {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }

  /** Takes a line of the head; true where the head ends with it, or before it. */
  #head(line: string): boolean {
    if (this.#comments.length === 0 && line.startsWith("{")) {
      this.#readHead(
        () => membersOfLine(line),
        "rows",
        (header) => headerLine(header) === `${line}\n`,
      );
      return true;
    }
    if (line.startsWith("# ") && this.#comments.length < headerLineLimit) {
      this.#comments.push(line);
      return false;
    }
    const text = this.#comments.map((comment) => `${comment}\r\n`).join("");
    this.#readHead(
      () => membersOfComments(this.#comments),
      "columns",
      (header) => headerComments(header) === text,
    );
    return true;
  }

  /** `isWritten` tells whether the head is in its one text: a member that stands there twice is read once. */
  #readHead(membersIn: () => HeaderMembers, next: State, isWritten: (header: ExportHeader) => boolean): void {
    try {
      const members = membersIn();
      this.#header = readHeader(members);
      this.#state = next;
      if (!isSealed(members)) this.#fault("headerChanged", "the head does not have the seal that it names");
      else if (!isWritten(this.#header)) this.#fault("headerChanged", "the head is not in its own words");
    } catch (error) {
      if (!(error instanceof UnreadableHeader)) throw error;
      this.#spoil("notAnExport", error.message);
    }
  }

  #row(line: string | undefined): void {
    const number = line === undefined ? undefined : this.#read(line);
    if (number === undefined) {
      // It stands where its row was.
      this.#last += 1;
      return;
    }
    if (this.#gaps.delete(number)) return this.#fault("rowMoved", `row ${number} stands elsewhere`, number);
    if (number <= this.#last) return this.#fault("rowDoubled", `row ${number} stands there twice`, number);
    const rowCount = this.#header?.rowCount ?? 0;
    if (number > rowCount) {
      this.#last = number;
      return this.#fault("rowAdded", `row ${number} of ${rowCount} rows`, number);
    }
    for (let gap = this.#last + 1; gap < number && this.#gaps.size < gapLimit; gap += 1) this.#gaps.add(gap);
    this.#last = number;
  }

  /** The row's number; undefined, and a fault, where it is none. */
  #read(line: string): number | undefined {
    try {
      if (this.#header?.kind === "ledger") {
        const log = readLedgerLine(line);
        this.#locate(log.row, log.blockNumber, log.logIndex);
        this.#date(log);
        this.#onLog(log);
        return log.row;
      }
      const { row, block } = this.#cells(line);
      if (block !== undefined) this.#locate(row, block, this.#place[0] === block ? this.#place[1] + 1 : 0);
      return row;
    } catch (error) {
      if (!(error instanceof UnreadableRow)) throw error;
      this.#fault("rowUnreadable", `line ${this.#rows} of the rows: ${error.message}`);
      return undefined;
    }
  }

  /** The number of a row of a table and, where it has that column, its block: neither cell is ever quoted. */
  #cells(line: string): { readonly row: number; readonly block: number | undefined } {
    const cell = (name: string): number | undefined => {
      const text = line.startsWith("{")
        ? new RegExp(`"${name}":(\\d{1,15})[,}]`).exec(line)?.[1]
        : line.split(",")[this.#columns.indexOf(name)];
      return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    };
    const row = cell("row");
    if (row === undefined) throw new UnreadableRow("row");
    return { row, block: cell("block") };
  }

  #locate(row: number, block: number, logIndex: number): void {
    const { fromBlock = 0, toBlock = 0 } = this.#header ?? {};
    const [lastBlock, lastIndex] = this.#place;
    if (block < fromBlock || block > toBlock) {
      this.#fault(
        "rowOutOfPlace",
        `row ${row} is of block ${block}, outside ${fromBlock} to ${toBlock}`,
        row,
      );
    } else if (row > this.#last && (block < lastBlock || (block === lastBlock && logIndex <= lastIndex))) {
      this.#fault("rowOutOfPlace", `row ${row} stands behind a later log of the chain`, row);
    }
    this.#place = [block, logIndex];
  }

  /** A block has one hash and one time, times do not go back, and the last block is that of the head. */
  #date({ row, blockNumber, blockHash, blockTime }: LedgerRow & { readonly row: number }): void {
    if (this.#header === undefined || this.#contradiction !== undefined) return;
    const { toBlock, toBlockHash, toBlockTime } = this.#header;
    const last = { blockNumber: toBlock, blockHash: toBlockHash, blockTime: toBlockTime };
    const same = [this.#block, last].find((known) => known?.blockNumber === blockNumber);
    let detail: string | undefined;
    if (same !== undefined && (same.blockHash !== blockHash || same.blockTime !== blockTime)) {
      detail = `row ${row} has another hash or time of block ${blockNumber} than the file has elsewhere`;
    } else if (blockTime < (this.#block?.blockTime ?? 0) || blockTime > toBlockTime) {
      detail = `row ${row} is of time ${blockTime}, before the row above it or after the last block`;
    }
    if (detail !== undefined) this.#contradiction = { kind: "rowOutOfPlace", row, detail };
    this.#block = { blockNumber, blockHash, blockTime };
  }

  #close(header: ExportHeader, isPartial: boolean): void {
    for (const gap of this.#gaps) this.#fault("rowMissing", `row ${gap} is missing`, gap);
    if (this.#last < header.rowCount || isPartial) {
      this.#fault("cutShort", `ends behind row ${this.#last} of ${header.rowCount}`);
    }
    const digest = bytes32(toHex(this.#hash.digest()));
    // A row that is missing or added changes the digest too, and is named already.
    if (digest !== header.digest && this.#faults.every(({ kind }) => kind === "headerChanged")) {
      this.#fault("rowChanged", `the rows have sha256 ${digest}, the head says ${header.digest}`);
    }
    if (this.#faults.length === 0 && this.#contradiction !== undefined)
      this.#faults.push(this.#contradiction);
  }

  #spoil(kind: ExportFaultKind, detail: string): void {
    this.#fault(kind, detail);
    this.#state = "spoilt";
  }

  #fault(kind: ExportFaultKind, detail: string, row?: number): void {
    if (this.#faults.length >= faultLimit) return;
    this.#faults.push({ kind, detail, ...(row === undefined ? {} : { row }) });
  }
}

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
};
