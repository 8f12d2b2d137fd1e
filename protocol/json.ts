/** Canonical JSON (RFC 8785): one text, and so one digest, for one value. */
import { sha256 } from "@noble/hashes/sha2.js";
import canonicalize from "canonicalize";
import { toHex, utf8 } from "./bytes.ts";
import { bytes32 } from "./ids.ts";
import type { Bytes32 } from "./ids.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export class NotJson extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`not a JSON value: ${reason}`);
    this.name = "NotJson";
    this.reason = reason;
  }
}

/** The RFC 8785 text of a value. Throws {@link NotJson} for what JSON cannot say (NaN, a lone surrogate, nothing). */
export const canonicalJson = (value: Json): string => {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new NotJson(error instanceof Error ? error.message : String(error));
  }
  if (text === undefined) throw new NotJson("the value is undefined");
  return text;
};

/** sha256 of the RFC 8785 form: how published documents are named on the chain and under /v1/documents. */
export const documentDigest = (json: Json): Bytes32 => bytes32(toHex(sha256(utf8(canonicalJson(json)))));
