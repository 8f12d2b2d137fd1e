/** Reads a delimited file as a stream of records, by header name, with the place of each and the file's digest. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Fault, Place } from "./faults.ts";
import type { Profile } from "./profile.ts";

/** A wrong quote can swallow the rest of the file; no row is as long as this. */
const maxRecordCharacters = 1_000_000;

export interface CsvRecord extends Place {
  readonly cells: readonly string[];
}

/** The file can not be read on from here. */
export class UnreadableFile extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.reason);
    this.name = "UnreadableFile";
    this.fault = fault;
  }
}

/** sha256 of a file's bytes in hexadecimal. */
export const fileDigest = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(asBytes(chunk));
  return hash.digest("hex");
};

const asBytes = (chunk: unknown): Buffer => {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new TypeError("a chunk of bytes was expected");
};

export class CsvFile {
  readonly path: string;
  readonly #format: Profile["file"];
  readonly #onBytes: (count: number) => void;
  #digest: string | undefined;
  #newlines = 0;

  constructor(path: string, format: Profile["file"], onBytes: (count: number) => void = () => {}) {
    this.path = path;
    this.#format = format;
    this.#onBytes = onBytes;
  }

  /** sha256 of the bytes in hexadecimal. Throws before `records` has come to the end. */
  get digest(): string {
    if (this.#digest === undefined) throw new RangeError("the file was not read to its end");
    return this.#digest;
  }

  /**
   * The records in their order, the header first as record 0. Throws {@link UnreadableFile} where quotes or bytes
   * are broken, and what the file system throws.
   */
  async *records(): AsyncGenerator<CsvRecord> {
    const parser = parse({
      delimiter: this.#format.delimiter,
      // All of them, not the first one met: a file put together from others has both, and a \r left in a row's last
      // cell would make it another purpose.
      record_delimiter: ["\r\n", "\n", "\r"],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxRecordCharacters,
    });
    // Errors of either end reach the loop below by way of the parser.
    pipeline(Readable.from(this.#text()), parser, () => {});
    let record = 0;
    try {
      for await (const entry of parser) {
        const { lines, cells } = readEntry(entry);
        yield { line: lines, record, cells };
        record += 1;
      }
    } catch (error) {
      throw error instanceof CsvError ? new UnreadableFile(csvFault(error)) : error;
    }
  }

  async *#text(): AsyncGenerator<string> {
    const hash = createHash("sha256");
    const decoder = new TextDecoder(this.#format.encoding, { fatal: true });
    this.#newlines = 0;
    for await (const chunk of createReadStream(this.path)) {
      const bytes = asBytes(chunk);
      hash.update(bytes);
      this.#onBytes(bytes.length);
      yield this.#decode(decoder, bytes);
    }
    yield this.#decode(decoder);
    this.#digest = hash.digest("hex");
  }

  #decode(decoder: TextDecoder, chunk?: Buffer): string {
    try {
      const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
      this.#newlines += text.split("\n").length - 1;
      return text;
    } catch {
      // Only to find the place: a decoder that puts a mark where the bytes are wrong.
      const [upTo = ""] = new TextDecoder(this.#format.encoding).decode(chunk).split("\ufffd");
      throw new UnreadableFile({
        line: this.#newlines + upTo.split("\n").length,
        record: 0,
        reason: `from here on there are bytes that are not ${this.#format.encoding}; name the file's encoding in the profile`,
      });
    }
  }
}

/** The parser counts the header as a record, and stands at the one that it could not read. */
const csvFault = (error: CsvError): Fault => {
  const { lines, records } = error;
  return {
    line: typeof lines === "number" ? lines : 0,
    record: typeof records === "number" ? records : 0,
    reason: `is not well-formed: ${csvReason(error.code)}; the rest of the file was not read`,
  };
};

/** The parser's own messages repeat the cell. */
const csvReason = (code: string): string => {
  switch (code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "a quoted cell is opened and never closed";
    case "CSV_INVALID_CLOSING_QUOTE":
      return "text follows a closing quote";
    case "INVALID_OPENING_QUOTE":
      return "a quote stands inside a cell that is not quoted";
    case "CSV_MAX_RECORD_SIZE":
      return `a row is longer than ${maxRecordCharacters} characters; a quote may be missing`;
    default:
      return code;
  }
};

const readEntry = (entry: unknown): { readonly lines: number; readonly cells: readonly string[] } => {
  if (typeof entry === "object" && entry !== null && "record" in entry && "info" in entry) {
    const { record, info } = entry;
    const lines: unknown = typeof info === "object" && info !== null ? Reflect.get(info, "lines") : undefined;
    if (Array.isArray(record) && typeof lines === "number") return { lines, cells: record.map(String) };
  }
  throw new TypeError("the parser answered no record");
};
