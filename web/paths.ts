/** The addresses of records: one letter for the kind, then the code. Without language; see `localPath`. */
import { encodeCode, type Code } from "../protocol/codes/code.ts";
import type { BatchId, ClaimId, FundId, PeriodNumber, ProgrammeId } from "../protocol/ids.ts";

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
export const certificatePath = (batch: BatchId, index: number): string =>
  `${donationPath(batch, index)}/certificate`;
export const batchPath = (batch: BatchId): string => pathOf({ kind: "batch", batch });
export const programmePath = (programme: ProgrammeId): string => pathOf({ kind: "programme", programme });
export const fundPath = (fund: FundId): string => pathOf({ kind: "fund", fund });
export const claimPath = (claim: ClaimId): string => pathOf({ kind: "claim", claim });

export const periodPath = (programme: ProgrammeId, period: PeriodNumber): string =>
  `${programmePath(programme)}/period/${String(period)}`;
/** The settlement statement of the insurer with that ordinal, counted from 1. */
export const insurerPath = (programme: ProgrammeId, period: PeriodNumber, ordinal: number): string =>
  `${periodPath(programme, period)}/insurer/${String(ordinal)}`;
export const queuePath = (programme: ProgrammeId): string => `${programmePath(programme)}/queue`;
export const auditPath = "/audit";

/** The foundation's desk, behind sign-in. */
export const deskPath = "/desk";
export const signInPath = `${deskPath}/sign-in`;
export const signOutPath = `${deskPath}/sign-out`;
export const signOutEverywherePath = `${deskPath}/sign-out-everywhere`;
export const deskGiftPath = `${deskPath}/gift`;
export const deskAllocationPath = `${deskPath}/allocation`;
export const deskClaimsPath = `${deskPath}/claims`;
export const deskClaimPath = (claim: ClaimId): string =>
  `${deskClaimsPath}/${encodeCode({ kind: "claim", claim })}`;
export const deskFindingPath = (finding: number): string => `${deskPath}/findings/${String(finding)}`;
export const deskOperationPath = (operation: string): string => `${deskPath}/operations/${operation}`;
