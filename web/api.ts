/** Where the same facts stand as JSON, or as a file, under /v1. */
import type { PeriodNumber } from "../protocol/ids.ts";

const programme = (code: string): string => `/v1/programmes/${code}`;
const period = (code: string, number: PeriodNumber): string => `${programme(code)}/periods/${String(number)}`;
const statement = (code: string, number: PeriodNumber, ordinal: number): string =>
  `${period(code, number)}/insurers/${String(ordinal)}`;

export const api = {
  programme,
  periods: (code: string): string => `${programme(code)}/periods`,
  period,
  rosters: (code: string, number: PeriodNumber): string => `${period(code, number)}/rosters`,
  statement,
  statementCsv: (code: string, number: PeriodNumber, ordinal: number): string =>
    `${statement(code, number, ordinal)}.csv`,
  queue: (code: string): string => `${programme(code)}/queue`,
  fund: (code: string): string => `/v1/funds/${code}`,
  donation: (code: string): string => `/v1/donations/${code}`,
  claim: (code: string): string => `/v1/claims/${code}`,
  claimSources: (code: string): string => `/v1/claims/${code}/sources`,
  payoutSources: (payout: number): string => `/v1/payouts/${String(payout)}/sources`,
  document: (digest: string): string => `/v1/documents/${digest}`,
  audit: "/v1/audit",
} as const;
