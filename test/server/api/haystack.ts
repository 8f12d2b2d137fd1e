/** Looks for things that must not stand anywhere: as they are, in the encodings that texts travel in, and as plain hashes. */
import { createHash } from "node:crypto";
import { keccak256 } from "viem";
import { canonicalJson } from "../../../protocol/json.ts";
import { evidenceKinds } from "../../../protocol/evidence.ts";
import { personDomain } from "../../../protocol/rosters/pseudonym.ts";

/** Something that must not be found, by the name under which it is reported. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

const evidenceDomain = 0x11;

const encodings = (raw: Buffer): readonly string[] => [
  raw.toString("hex"),
  raw.toString("base64").replace(/=+$/, ""),
  raw.toString("base64url"),
];

/** A text and the ways in which it could stand somewhere. */
export const textNeedles = (text: string): readonly Needle[] => {
  const raw = Buffer.from(text);
  const written = [...encodings(raw), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
  return [raw, ...written.map((form) => Buffer.from(form))].map((bytes) => ({ name: text, bytes }));
};

/** The same of 32 bytes in hexadecimal. */
export const saltNeedles = (salt: string): readonly Needle[] => {
  const raw = Buffer.from(salt.slice(2), "hex");
  return [raw, ...encodings(raw).map((form) => Buffer.from(form))].map((bytes) => ({ name: salt, bytes }));
};

/** What a careless commitment to a text would hash: the text, or a document around it, without a salt. */
const preimages = (text: string): readonly Buffer[] => {
  const json = [
    canonicalJson({ idNumber: text }),
    ...evidenceKinds.map((kind) => canonicalJson({ kind, number: text })),
  ].map((document) => Buffer.from(document));
  const domains = [personDomain, evidenceDomain].flatMap((domain) =>
    json.map((document) => Buffer.concat([Buffer.of(domain), document])),
  );
  return [Buffer.from(text), Buffer.from(JSON.stringify(text)), ...json, ...domains];
};

/** SHA-256 and keccak-256 of a text, plain and in the documents that commitments are made of. */
export const hashNeedles = (text: string): readonly Needle[] =>
  preimages(text).flatMap((preimage) => {
    const hashes = [
      createHash("sha256").update(preimage).digest(),
      Buffer.from(keccak256(preimage).slice(2), "hex"),
    ];
    return hashes.flatMap((hash) =>
      [hash, Buffer.from(hash.toString("hex"))].map((bytes) => ({
        name: `a plain hash of ${text}`,
        bytes,
      })),
    );
  });

const windowBytes = 3;

/** Bytes that are searched for very many things: which windows of three bytes they hold is noted once. */
export class Haystack {
  readonly #bytes: Buffer;
  readonly #windows = new Uint8Array(1 << (8 * windowBytes - 3));

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    for (let at = 0; at + windowBytes <= bytes.length; at += 1) {
      const window = bytes.readUIntBE(at, windowBytes);
      this.#windows[window >> 3] = (this.#windows[window >> 3] ?? 0) | (1 << (window & 7));
    }
  }

  has(needle: Buffer): boolean {
    for (let at = 0; at + windowBytes <= needle.length; at += 1) {
      const window = needle.readUIntBE(at, windowBytes);
      if (((this.#windows[window >> 3] ?? 0) & (1 << (window & 7))) === 0) return false;
    }
    return this.#bytes.includes(needle);
  }
}
