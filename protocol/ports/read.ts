/** What a reader of the books may ask. The pages of web/ and the routes of server/ are written against this. */
import type { Fen } from "../amounts.ts";
import type { BatchId, Bytes32, ClaimId, FundId, PeriodNumber, ProgrammeId } from "../ids.ts";
import type {
  AllocationView,
  BatchView,
  ClaimSources,
  ClaimState,
  ClaimView,
  DonationProof,
  DonationTrace,
  DonationView,
  ExpenseView,
  FundView,
  Head,
  LawCheck,
  Page,
  PeriodView,
  ProgrammeView,
  Receipt,
  Summary,
} from "./views.ts";

export interface PageRequest {
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
}

export interface GiftQuery {
  readonly transactionNumber: string;
  readonly amount: Fen;
  readonly channel?: string;
  /** The asker's address, for the limit on guesses; never stored with the answer. */
  readonly askedFrom: string;
}

export type GiftAnswer =
  | { readonly outcome: "found"; readonly receipt: Receipt }
  /** An unknown number and a wrong amount are answered alike. */
  | { readonly outcome: "notFound" }
  | { readonly outcome: "tooMany"; readonly retryAfterSeconds: number };

/**
 * Unknown ids answer `undefined`; a cursor that this gateway did not make throws {@link InvalidCursor}.
 */
export interface Read {
  head(): Promise<Head>;
  summary(): Promise<Summary>;
  funds(): Promise<readonly FundView[]>;
  fund(fund: FundId): Promise<FundView | undefined>;
  allocations(
    filter: { readonly fund?: FundId; readonly programme?: ProgrammeId },
    page: PageRequest,
  ): Promise<Page<AllocationView>>;
  batches(fund: FundId, page: PageRequest): Promise<Page<BatchView>>;
  programmes(): Promise<readonly ProgrammeView[]>;
  programme(programme: ProgrammeId): Promise<ProgrammeView | undefined>;
  periods(programme: ProgrammeId): Promise<readonly PeriodView[]>;
  period(programme: ProgrammeId, period: PeriodNumber): Promise<PeriodView | undefined>;
  expenses(programme: ProgrammeId, page: PageRequest): Promise<Page<ExpenseView>>;
  claims(
    filter: { readonly programme?: ProgrammeId; readonly state?: ClaimState },
    page: PageRequest,
  ): Promise<Page<ClaimView>>;
  /** Approved and unpaid, in queue order. */
  queue(programme: ProgrammeId, page: PageRequest): Promise<Page<ClaimView>>;
  claim(claim: ClaimId): Promise<ClaimView | undefined>;
  claimSources(claim: ClaimId, page: PageRequest): Promise<ClaimSources | undefined>;
  donation(batch: BatchId, index: number): Promise<DonationView | undefined>;
  /** Totals of the whole donation, and at most 50 slices a page. */
  donationTrace(batch: BatchId, index: number, page: PageRequest): Promise<DonationTrace | undefined>;
  donationProof(batch: BatchId, index: number): Promise<DonationProof | undefined>;
  findGift(query: GiftQuery): Promise<GiftAnswer>;
  /** The canonical JSON of a published document. */
  document(digest: Bytes32): Promise<string | undefined>;
  laws(): Promise<readonly LawCheck[]>;
}

export class InvalidCursor extends Error {
  readonly cursor: string;
  constructor(cursor: string) {
    super("cursor: not one that this service made; ask again without a cursor");
    this.name = "InvalidCursor";
    this.cursor = cursor;
  }
}
