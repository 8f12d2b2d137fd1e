/**
 * What a check asks of a node, and of a gateway. Whoever implements them throws {@link Unanswered} where there is no
 * answer, and never invents one. chain/light reads a node by JSON-RPC.
 */
import type { Fen } from "../amounts.ts";
import type { Address, BatchId, FundId, ProgrammeId } from "../ids.ts";
import type { LedgerEvent } from "../ledger/events.ts";
import type { BatchRecord, LedgerPlace, ReceiptHead } from "../receipt/types.ts";
import type { FundLine, ProgrammeLines } from "../trace/requests.ts";

type EventNamed<Type extends LedgerEvent["type"]> = Extract<LedgerEvent, { readonly type: Type }>;
/** Events of one kind in the order of the chain. */
export type Events<Type extends LedgerEvent["type"]> = Promise<
  readonly { readonly blockNumber: number; readonly event: EventNamed<Type> }[]
>;

/** A node, whoever runs it. */
export interface Node {
  chainId(): Promise<number>;
  newest(): Promise<ReceiptHead>;
  /** The newest block that no honest chain replaces. Rejects where the node names none. */
  final(): Promise<ReceiptHead>;
  /** Undefined where the chain has not reached it. */
  block(number: number): Promise<ReceiptHead | undefined>;
  hasCode(contract: Address): Promise<boolean>;
  /** The ledger as it was when `block` was the newest. */
  ledgerAt(place: LedgerPlace, block: number): LedgerReader;
}

/** The events that the ledger wrote, each list complete from `fromBlock` (or the first block) on. */
export interface LedgerReader {
  readonly fundOpened: (fund: FundId) => Events<"FundOpened">;
  readonly batchRecorded: (batch: BatchId) => Events<"BatchRecorded">;
  readonly allocationsOf: (fund: FundId) => Events<"PremiumAllocated">;
  readonly payoutsOf: (programme: ProgrammeId, fromBlock: number) => Events<"ClaimPaid">;
  /** From the first block on: an advance takes operations money before it is there. */
  readonly expensesOf: (programme: ProgrammeId) => Events<"ExpenseRecorded">;
  readonly recoveriesOf: (programme: ProgrammeId) => Events<"PayoutRecovered">;
  readonly movesFrom: (programme: ProgrammeId) => Events<"SurplusMoved">;
  readonly refundsOf: (batch: BatchId, index: number) => Events<"DonationRefunded">;
  readonly notesOf: (blockNumber: number) => Events<"HeadNoted">;
  /** What the ledger's storage holds, by the lens: the ledger's own totals, told apart from its events. */
  readonly stored: {
    readonly ledger: () => Promise<Address>;
    readonly batch: (batch: BatchId) => Promise<Omit<BatchRecord, "batch">>;
    readonly fund: (fund: FundId) => Promise<FundLine>;
    readonly programme: (programme: ProgrammeId) => Promise<ProgrammeLines>;
    readonly refunded: (batch: BatchId, index: number) => Promise<Fen>;
  };
}

/** The gateway's answers under /v1, as they came. */
export interface GatewayReader {
  /** Undefined for 404. */
  donation(code: string): Promise<unknown>;
  trace(code: string, cursor: string | undefined): Promise<unknown>;
}
