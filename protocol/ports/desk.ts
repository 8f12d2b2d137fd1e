/** What the foundation and its partners may write. Every verb answers once it is on disk; it lands exactly once. */
import type { Fen } from "../amounts.ts";
import type { Address, ClaimId, FundId, PeriodNumber, ProgrammeId } from "../ids.ts";
import type {
  DayNumber,
  EventPlace,
  ExpenseKind,
  LedgerEvent,
  ProgrammeKind,
  UnixSeconds,
} from "../ledger/events.ts";
import type { Terms } from "../terms/types.ts";
import type {
  AppendRosterRequest,
  AuditRequest,
  ConfirmTotalRequest,
  CoverRefundRequest,
  DeclareInsurersRequest,
  FileClaimRequest,
  FileGrantRequest,
  FindingRequest,
  MoveSurplusRequest,
  NoteCorrectionRequest,
  ReasonedRequest,
  RecoverPayoutRequest,
  RefundDonationRequest,
  RelayRequest,
} from "./insurance-requests.ts";
import type { Bilingual } from "./views.ts";

export type * from "./insurance-requests.ts";

/** One gift as its source tells it. Personal: it goes to the vault, never to the chain. */
export interface DonationRequest {
  readonly fund: FundId;
  readonly channel: string;
  /** RFC 3339 with +08:00 to the second, or YYYY-MM-DD where the source has only a day. */
  readonly occurredAt: string;
  readonly transactionNumber: string;
  readonly amount: Fen;
  /** False where the number was made up for a source without one: nobody finds a gift by a guessable number. */
  readonly providerIssued: boolean;
  /** Free text of the source, for the vault only. */
  readonly remark?: string;
  /** Settlement day; the day it occurred unless given. */
  readonly day?: DayNumber;
}

/** How a gift stands to what is recorded already: `conflict` is the same payment with another amount, fund or time. */
export type DonationStanding = "new" | "recorded" | "conflict";

export interface OpenFundRequest {
  readonly name: Bilingual;
  readonly currency: string;
  readonly claimsShareBps: number;
  readonly restrictedTo?: ProgrammeId;
  readonly fallbackTo?: ProgrammeId;
}

export interface OpenProgrammeRequest {
  readonly name: Bilingual;
  readonly kind: ProgrammeKind;
  readonly currency: string;
  readonly region: number;
}

export interface DeclarePeriodRequest {
  readonly programme: ProgrammeId;
  readonly period: PeriodNumber;
  readonly start: UnixSeconds;
  readonly end: UnixSeconds;
  /** Cover, filing deadline and the precision of incidents follow from them; their digest goes on the chain. */
  readonly terms: Terms;
}

export interface AllocateRequest {
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly amount: Fen;
}

export interface ExpenseRequest {
  readonly programme: ProgrammeId;
  readonly kind: ExpenseKind;
  readonly amount: Fen;
  /** The voucher's number in the foundation's own books; only a salted commitment to it is published. */
  readonly voucher: string;
}

export interface ApproveClaimRequest {
  readonly claim: ClaimId;
  readonly amount: Fen;
  readonly remaining: Fen;
}

export interface PayClaimRequest {
  readonly claim: ClaimId;
  /** The bank's or platform's number; only a salted commitment to it is published. */
  readonly paymentNumber: string;
}

/** A role of the whole ledger, of one programme, or of one channel. */
export type GrantedRole =
  | { readonly role: "recorder" | "treasurer" | "auditor" | "guardian" }
  | { readonly role: "coordinator" | "adjudicator" | "payer"; readonly programme: ProgrammeId }
  | { readonly role: "provider"; readonly channel: string };

export interface RegisterActorRequest {
  /** Of a key that is held elsewhere: an insurer's, an auditor's, a provider's. */
  readonly account: Address;
  /** At least one. */
  readonly roles: readonly GrantedRole[];
}

/** Who asks, and the key under which a repetition is recognised. */
export interface Asking {
  /** The API key's id. */
  readonly asker: string;
  readonly idempotencyKey: string;
  /** Called where the very same was asked before and is answered as then. */
  readonly onRepetition?: () => void;
}

/** An accepted write and what became of it. */
export interface OperationView {
  readonly operation: string;
  readonly kind: string;
  /** `cancelled` by an operator, before anything was recorded. */
  readonly state: "accepted" | "recorded" | "refused" | "cancelled";
  /** Present once recorded. */
  readonly place?: EventPlace;
  /** What the ledger recorded, in order. */
  readonly events: readonly LedgerEvent[];
  /** Why the ledger refused: its error's name and facts. */
  readonly refusal?: { readonly name: string; readonly facts: Readonly<Record<string, string>> };
}

export interface Desk {
  /**
   * 1 to 3,000 gifts, all or none; one operation for each fund, channel and day, which may record gifts of other requests
   * that came at the same time.
   */
  recordDonations(gifts: readonly DonationRequest[], asking: Asking): Promise<readonly string[]>;
  /** The codes of a request's gifts once its operations are recorded; undefined for one that was forgotten since. */
  donationCodes(
    gifts: readonly DonationRequest[],
    operations: readonly OperationView[],
  ): Promise<readonly (string | undefined)[]>;
  /** The same checks and nothing written. */
  standing(gifts: readonly DonationRequest[]): Promise<readonly DonationStanding[]>;
  openFund(request: OpenFundRequest, asking: Asking): Promise<string>;
  openProgramme(request: OpenProgrammeRequest, asking: Asking): Promise<string>;
  declarePeriod(request: DeclarePeriodRequest, asking: Asking): Promise<string>;
  allocatePremium(request: AllocateRequest, asking: Asking): Promise<string>;
  recordExpense(request: ExpenseRequest, asking: Asking): Promise<string>;
  /** 1 to 50, in one transaction: all or none. */
  fileClaims(requests: readonly FileClaimRequest[], asking: Asking): Promise<string>;
  fileGrants(requests: readonly FileGrantRequest[], asking: Asking): Promise<string>;
  withdrawClaims(claims: readonly ClaimId[], asking: Asking): Promise<string>;
  approveClaims(requests: readonly ApproveClaimRequest[], asking: Asking): Promise<string>;
  rejectClaims(requests: readonly ReasonedRequest[], asking: Asking): Promise<string>;
  holdClaims(requests: readonly ReasonedRequest[], asking: Asking): Promise<string>;
  /** The place in the queue is found here: by queue number. */
  releaseClaims(claims: readonly ClaimId[], asking: Asking): Promise<string>;
  cancelClaims(requests: readonly ReasonedRequest[], asking: Asking): Promise<string>;
  payClaims(requests: readonly PayClaimRequest[], asking: Asking): Promise<string>;
  recoverPayout(request: RecoverPayoutRequest, asking: Asking): Promise<string>;
  appendRoster(request: AppendRosterRequest, asking: Asking): Promise<string>;
  declareInsurers(request: DeclareInsurersRequest, asking: Asking): Promise<string>;
  moveSurplus(request: MoveSurplusRequest, asking: Asking): Promise<string>;
  refundDonation(request: RefundDonationRequest, asking: Asking): Promise<string>;
  coverRefund(request: CoverRefundRequest, asking: Asking): Promise<string>;
  attest(request: AuditRequest, asking: Asking): Promise<string>;
  openFinding(request: AuditRequest, asking: Asking): Promise<string>;
  answerFinding(request: FindingRequest, asking: Asking): Promise<string>;
  closeFinding(request: FindingRequest, asking: Asking): Promise<string>;
  confirmTotal(request: ConfirmTotalRequest, asking: Asking): Promise<string>;
  noteCorrection(request: NoteCorrectionRequest, asking: Asking): Promise<string>;
  /** Notes the latest block in the auditor's name. */
  noteHead(asking: Asking): Promise<string>;
  /** Registers somebody who signs with a key of their own, where they are not, and grants the roles. */
  registerActor(request: RegisterActorRequest, asking: Asking): Promise<string>;
  /**
   * Relays a transaction that an insurer or auditor signed with its own key: to the ledger, one of its verbs, with the
   * signer's next nonce. The operation is the transaction's hash.
   */
  relay(request: RelayRequest, asking: Asking): Promise<string>;
  closePeriods(programme: ProgrammeId, asking: Asking): Promise<string>;
  operation(operation: string): Promise<OperationView | undefined>;
  /** Waits until the operation is recorded and readable, or refused. */
  settled(operation: string): Promise<OperationView>;
}

/** A request that can not be recorded as it stands; names the field and the reason, and nothing was written. */
export class DeskRefusal extends Error {
  readonly field: string;
  readonly reason: string;
  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
    this.name = "DeskRefusal";
    this.field = field;
    this.reason = reason;
  }
}
