/** What a gateway is asked, answer by answer: each must be about the audited books. */
import { formatInstant } from "../../../protocol/calendar.ts";
import type { Checks } from "../../../protocol/audit/check.ts";
import type { Choice } from "../../../protocol/audit/traces.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import type { AuditedBlock, History } from "../history.ts";
import type { Progress } from "../progress.ts";
import type { DocumentAsk, GatewayAsk, ToldAnswer, ToldHead } from "./client.ts";
import type { LaterBlocks } from "./later.ts";
import { memberOf } from "./told.ts";

export interface GatewayAudit {
  readonly checks: Checks;
  readonly ask: GatewayAsk;
  readonly askDocument: DocumentAsk;
  readonly later: LaterBlocks;
  readonly history: History;
  readonly state: LedgerState;
  readonly choice: Choice;
  readonly progress: Progress;
}

const pageLength = 100;
export const atOnce = 8;

/** The gateway has gone on to a later block, whose books may be others. */
export class MovedOn extends Error {
  readonly block: number;
  constructor(block: number) {
    super(
      `the gateway went on to block ${block} while it was compared; audit again when it is at rest, or at that block`,
    );
    this.name = "MovedOn";
    this.block = block;
  }
}

/** An answer with the block that it must be of. */
export interface CheckedAnswer extends ToldAnswer {
  readonly block: AuditedBlock;
}

/** The block that an answer must be of: the audited one, or a later one with the same books. Throws {@link MovedOn}. */
const blockOf = async ({ history, later }: GatewayAudit, { block }: ToldHead): Promise<AuditedBlock> => {
  if (block <= history.block.number) return history.block;
  const same = await later(block);
  if (same === undefined) throw new MovedOn(block);
  return same;
};

/** An answer about the audited books. Throws {@link MovedOn} for one about later books; one about earlier is a finding. */
export const answerOf = async (audit: GatewayAudit, path: string): Promise<CheckedAnswer | undefined> => {
  const { ask, checks, history } = audit;
  const answer = await ask(path);
  if (answer === undefined) return undefined;
  const { head } = answer;
  const check = checks.of("gateway.head");
  const block = await blockOf(audit, head);
  check.counted();
  check.equal(path, "chain", history.chainId, head.chainId);
  check.equal(path, "ledger", history.ledger, head.ledger);
  check.equal(path, "block", block.number, head.block);
  if (head.block !== block.number) return { ...answer, block };
  check.equal(path, "block hash", block.hash, head.hash);
  check.equal(path, "block time", formatInstant(block.time), head.time);
  return { ...answer, block };
};

export const listOf = (data: unknown): readonly unknown[] => (Array.isArray(data) ? data : []);

/**
 * All pages of a list, one behind the other, until one is empty or the list is longer than `most`: a gateway may name
 * next pages for ever.
 */
export const allOf = async (audit: GatewayAudit, path: string, most: number): Promise<readonly unknown[]> => {
  const records: unknown[] = [];
  let next: string | undefined;
  let page: readonly unknown[];
  do {
    const cursor = next === undefined ? "" : `&cursor=${encodeURIComponent(next)}`;
    const answer = await answerOf(
      audit,
      `${path}${path.includes("?") ? "&" : "?"}limit=${pageLength}${cursor}`,
    );
    page = listOf(answer?.data);
    records.push(...page);
    next = answer?.next;
  } while (next !== undefined && page.length > 0 && records.length <= most);
  return records;
};

/** The pages of something that stands inside an answer: slices of a trace, sources of a claim; as {@link allOf}. */
export const pagesIn = async (
  audit: GatewayAudit,
  path: string,
  name: string,
  most: number,
): Promise<{ readonly first: unknown; readonly entries: readonly unknown[] }> => {
  const entries: unknown[] = [];
  let [first, next]: [unknown, unknown] = [undefined, undefined];
  let page: readonly unknown[];
  do {
    const cursor = typeof next === "string" ? `?cursor=${encodeURIComponent(next)}` : "";
    const answer = await answerOf(audit, `${path}${cursor}`);
    first ??= answer?.data;
    page = listOf(memberOf(answer?.data, name));
    entries.push(...page);
    next = memberOf(answer?.data, "next");
  } while (typeof next === "string" && page.length > 0 && entries.length <= most);
  return { first, entries };
};
