/**
 * Commitments to papers that stay in the foundation's files: a voucher, a settlement slip, a payment number. Each is
 * salted, so that a number which fits on a slip of paper cannot be found by trying.
 */
import { canonicalJson } from "./json.ts";
import type { Bytes32 } from "./ids.ts";
import { concat, fromHex, keccakHex, utf8 } from "./bytes.ts";

export const evidenceKinds = ["voucher", "settlementSlip", "payment"] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly number: string;
}

/** keccak256(0x11 ‖ salt 32 ‖ RFC 8785 JSON {kind, number}). The salt is 32 random bytes, kept in the vault. */
export const evidenceCommitment = (salt: Bytes32, evidence: Evidence): Bytes32 => {
  const json = canonicalJson({ kind: evidence.kind, number: evidence.number });
  return keccakHex(concat(Uint8Array.of(0x11), fromHex(salt), utf8(json)));
};
