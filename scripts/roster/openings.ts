/**
 * The encrypted file of a roster's openings (docs/rosters.md): a header, then frames of AES-256-GCM, so that millions
 * of records are written and read as a stream. A frame's nonce holds its number and whether it is the last, so that no
 * frame can be left out, moved, or cut off at the end without it showing.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import type { Hash, KeyObject } from "node:crypto";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { openingLengthBytes } from "../../protocol/rosters/opening.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";

const magic = Buffer.from("EFROSTR1", "ascii");
const saltBytes = 32;
const headerBytes = magic.length + 8 + saltBytes;
const tagBytes = 16;
/** Every frame but the last has as many. */
export const recordsPerFrame = 712;
const frameBytes = recordsPerFrame * openingLengthBytes;

export class UnreadableOpenings extends Error {
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = "UnreadableOpenings";
    this.path = path;
  }
}

const headerOf = ({ programme, period }: RosterPeriod, salt: Uint8Array): Buffer => {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.writeUInt32BE(programme, magic.length);
  header.writeUInt32BE(period, magic.length + 4);
  header.set(salt, magic.length + 8);
  return header;
};

/** A key for this file alone, so that its frames may be counted from 0. */
const fileKey = (key: KeyObject, header: Buffer): KeyObject =>
  createSecretKey(
    Buffer.from(hkdfSync("sha256", key, header.subarray(-saltBytes), "everyfen roster openings", 32)),
  );

const nonceOf = (frame: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
};

/** Writes frames one behind, for the last one is sealed as such. */
export class OpeningsWriter {
  readonly #file: FileHandle;
  readonly #key: KeyObject;
  readonly #header: Buffer;
  readonly #hash: Hash;
  #frame = 0;
  #held: Uint8Array | undefined;

  private constructor(file: FileHandle, key: KeyObject, header: Buffer) {
    this.#file = file;
    this.#key = fileKey(key, header);
    this.#header = header;
    this.#hash = createHash("sha256");
  }

  static async create(path: string, key: KeyObject, of: RosterPeriod): Promise<OpeningsWriter> {
    const header = headerOf(of, randomBytes(saltBytes));
    const writer = new OpeningsWriter(await open(path, "wx", 0o600), key, header);
    await writer.#append(header);
    return writer;
  }

  /** `records`: `recordsPerFrame` of them; fewer only in the last call. */
  async write(records: Uint8Array): Promise<void> {
    if (this.#held !== undefined) await this.#seal(this.#held, false);
    this.#held = records;
  }

  /** Seals the last frame, syncs, closes, and answers the file's sha256 in hexadecimal. */
  async finish(): Promise<string> {
    await this.#seal(this.#held ?? new Uint8Array(0), true);
    await this.#file.sync();
    await this.#file.close();
    return this.#hash.digest("hex");
  }

  /** Gives up: closes the file as it is. */
  async abandon(): Promise<void> {
    await this.#file.close();
  }

  async #seal(records: Uint8Array, last: boolean): Promise<void> {
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonceOf(this.#frame, last)).setAAD(this.#header);
    this.#frame += 1;
    await this.#append(Buffer.concat([cipher.update(records), cipher.final(), cipher.getAuthTag()]));
  }

  async #append(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    await this.#file.appendFile(bytes);
  }
}

export interface ReadOpeningsOptions {
  readonly path: string;
  readonly key: KeyObject;
  readonly of: RosterPeriod;
  /** sha256 of the file in hexadecimal. */
  readonly digest: string;
}

const unseal = (key: KeyObject, header: Buffer, nonce: Buffer, box: Buffer): Buffer | undefined => {
  if (box.length < tagBytes) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes })
    .setAAD(header)
    .setAuthTag(box.subarray(-tagBytes));
  const records = decipher.update(box.subarray(0, -tagBytes));
  try {
    decipher.final();
    return records;
  } catch {
    return undefined;
  }
};

/**
 * The records of an openings file, frame by frame. Throws {@link UnreadableOpenings} where the key is another one, or
 * the file is not, byte for byte, the one that was written; the latter may show only after the last frame.
 */
export async function* readOpenings({
  path,
  key,
  of,
  digest,
}: ReadOpeningsOptions): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const hash = createHash("sha256");
    const next = async (length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length);
      if (bytesRead !== length)
        throw new UnreadableOpenings(path, "is cut short; restore it from its backup");
      hash.update(buffer);
      return buffer;
    };
    const header = await next(headerBytes);
    if (
      !header.subarray(0, -saltBytes).equals(headerOf(of, new Uint8Array(saltBytes)).subarray(0, -saltBytes))
    ) {
      throw new UnreadableOpenings(path, "holds no openings of this programme and period");
    }
    const derived = fileKey(key, header);
    let rest = size - headerBytes;
    for (let frame = 0; rest > 0; frame += 1) {
      const length = Math.min(rest, frameBytes + tagBytes);
      rest -= length;
      const records = unseal(derived, header, nonceOf(frame, rest === 0), await next(length));
      if (records === undefined) {
        throw new UnreadableOpenings(
          path,
          "does not open with this key, or was changed; restore both from one backup",
        );
      }
      yield records;
    }
    if (hash.digest("hex") !== digest) {
      throw new UnreadableOpenings(
        path,
        "is not the file that roster.json names; restore both from one backup",
      );
    }
  } finally {
    await file.close();
  }
}
