/** The addresses of records: one letter for the kind, then the code. Without language; see `localPath`. */
import { encodeCode, type Code } from "../protocol/codes/code.ts";
import type { BatchId, FundId, ProgrammeId } from "../protocol/ids.ts";

const folders = {
  donation: "d",
  claim: "c",
  programme: "p",
  fund: "f",
  batch: "b",
} as const satisfies Record<Code["kind"], string>;

export const pathOf = (code: Code): string => `/${folders[code.kind]}/${encodeCode(code)}`;

export const donationPath = (batch: BatchId, index: number): string =>
  pathOf({ kind: "donation", batch, index });
export const batchPath = (batch: BatchId): string => pathOf({ kind: "batch", batch });
export const programmePath = (programme: ProgrammeId): string => pathOf({ kind: "programme", programme });
export const fundPath = (fund: FundId): string => pathOf({ kind: "fund", fund });
