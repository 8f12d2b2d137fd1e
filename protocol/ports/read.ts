/** What a reader of the books may ask. The pages of web/ and the routes of server/ are written against this. */
import type { Fen } from "../amounts.ts";
import type { BatchId, Bytes32, ClaimId, FundId, PayoutId, PeriodNumber, ProgrammeId } from "../ids.ts";
import type { RecordKind } from "../ledger/codes.ts";
import type { ReplicasView } from "./replica-views.ts";
import type { DonationProof, Receipt } from "../receipt/types.ts";
import type {
  AllocationView,
  AttestationView,
  BatchView,
  ChannelDayView,
  ClaimSources,
  ClaimState,
  ClaimView,
  ConfirmationState,
  CorrectionView,
  DonationTrace,
  DonationView,
  ExpenseView,
  FindingState,
  FindingView,
  FundView,
  Head,
  HeadNoteView,
  InsurerStatementView,
  LawCheck,
  MoveView,
  Page,
  PeriodView,
  ProgrammeView,
  RecoveryView,
  RefundView,
  RosterView,
  SettlementView,
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
  /** Net: what stands in the claim now, not recovered. */
  claimSources(claim: ClaimId, page: PageRequest): Promise<ClaimSources | undefined>;
  /** Gross: all that one payment took, whatever came back since. */
  payoutSources(payout: PayoutId, page: PageRequest): Promise<ClaimSources | undefined>;
  rosters(programme: ProgrammeId, period: PeriodNumber, page: PageRequest): Promise<Page<RosterView>>;
  /** The settlement statement of the insurer with that ordinal, counted from 1. */
  insurerStatement(
    programme: ProgrammeId,
    period: PeriodNumber,
    ordinal: number,
    page: PageRequest,
  ): Promise<InsurerStatementView | undefined>;
  recoveries(
    filter: { readonly programme?: ProgrammeId; readonly claim?: ClaimId },
    page: PageRequest,
  ): Promise<Page<RecoveryView>>;
  /** Into and out of the programme, or all. */
  moves(filter: { readonly programme?: ProgrammeId }, page: PageRequest): Promise<Page<MoveView>>;
  refunds(
    filter: { readonly fund?: FundId; readonly owed?: boolean },
    page: PageRequest,
  ): Promise<Page<RefundView>>;
  /** Of one programme by policy period, or of the ledger by programme. */
  settlement(programme?: ProgrammeId): Promise<SettlementView | undefined>;
  attestations(
    filter: { readonly programme?: ProgrammeId },
    page: PageRequest,
  ): Promise<Page<AttestationView>>;
  findings(
    filter: { readonly programme?: ProgrammeId; readonly state?: FindingState },
    page: PageRequest,
  ): Promise<Page<FindingView>>;
  /** Days with recorded donations or a confirmation, newest first. */
  channelDays(
    filter: { readonly channel?: string; readonly state?: ConfirmationState },
    page: PageRequest,
  ): Promise<Page<ChannelDayView>>;
  corrections(
    filter: { readonly kind?: RecordKind; readonly record?: number },
    page: PageRequest,
  ): Promise<Page<CorrectionView>>;
  headNotes(page: PageRequest): Promise<Page<HeadNoteView>>;
  /** Who made this chain again and what they came to; undefined where others make the chain. */
  replicas(): Promise<ReplicasView | undefined>;
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
