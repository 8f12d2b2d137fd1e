/** Where the same facts stand as JSON, or as a file, under /v1. */
import type { PeriodNumber } from "../protocol/ids.ts";

const programme = (code: string): string => `/v1/programmes/${code}`;
const period = (code: string, number: PeriodNumber): string => `${programme(code)}/periods/${String(number)}`;
const statement = (code: string, number: PeriodNumber, ordinal: number): string =>
  `${period(code, number)}/insurers/${String(ordinal)}/statement`;

export const api = {
  programme,
  /** Every period of the programme; one has no address of its own there. */
  periods: (code: string): string => `${programme(code)}/periods`,
  rosters: (code: string, number: PeriodNumber): string => `${period(code, number)}/rosters`,
  statement,
  statementCsv: (code: string, number: PeriodNumber, ordinal: number): string =>
    `${statement(code, number, ordinal)}?format=csv`,
  insurers: (code: string, number: PeriodNumber): string => `${period(code, number)}/insurers`,
  queue: (code: string): string => `${programme(code)}/queue`,
  fund: (code: string): string => `/v1/funds/${code}`,
  donation: (code: string): string => `/v1/donations/${code}`,
  claim: (code: string): string => `/v1/claims/${code}`,
  claimSources: (code: string): string => `/v1/claims/${code}/sources`,
  payoutSources: (payout: number): string => `/v1/payouts/${String(payout)}/sources`,
  document: (digest: string): string => `/v1/documents/${digest}`,
  ledgerExport: "/v1/exports/ledger",
  fundExport: (code: string, table: string): string => `/v1/exports/funds/${code}/${table}`,
  programmeExport: (code: string, table: string): string => `/v1/exports/programmes/${code}/${table}`,
  audit: "/v1/audit",
  replicas: "/v1/replicas",
  findings: "/v1/findings",
  channelDays: "/v1/channel-days",
} as const;
