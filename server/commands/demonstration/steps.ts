/** What the demonstration's script is made of: one request of the desk each, with its moment and its key. */
import type { Fen } from "../../../protocol/amounts.ts";
import type { ClaimId, ProgrammeId } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";
import type {
  AllocateRequest,
  AppendRosterRequest,
  ApproveClaimRequest,
  Asking,
  AuditRequest,
  ConfirmTotalRequest,
  CoverRefundRequest,
  DeclareInsurersRequest,
  DeclarePeriodRequest,
  Desk,
  DonationRequest,
  ExpenseRequest,
  FileClaimRequest,
  FileGrantRequest,
  FindingRequest,
  NoteCorrectionRequest,
  OpenFundRequest,
  OpenProgrammeRequest,
  PayClaimRequest,
  ReasonedRequest,
  RecoverPayoutRequest,
} from "../../../protocol/ports/desk.ts";
import type { Read } from "../../../protocol/ports/read.ts";

export type Act =
  | { readonly verb: "openFund"; readonly request: OpenFundRequest }
  | { readonly verb: "openProgramme"; readonly request: OpenProgrammeRequest }
  | { readonly verb: "declarePeriod"; readonly request: DeclarePeriodRequest }
  | { readonly verb: "recordDonations"; readonly gifts: readonly DonationRequest[] }
  | { readonly verb: "allocatePremium"; readonly request: AllocateRequest }
  | { readonly verb: "recordExpense"; readonly request: ExpenseRequest }
  | { readonly verb: "fileClaims"; readonly claims: readonly FileClaimRequest[] }
  | { readonly verb: "approveClaims"; readonly claims: readonly ApproveClaimRequest[] }
  | { readonly verb: "payClaims"; readonly claims: readonly PayClaimRequest[] }
  | { readonly verb: "appendRoster"; readonly request: AppendRosterRequest }
  | { readonly verb: "declareInsurers"; readonly request: DeclareInsurersRequest }
  | { readonly verb: "fileGrants"; readonly claims: readonly FileGrantRequest[] }
  | { readonly verb: "withdrawClaims"; readonly claims: readonly ClaimId[] }
  | { readonly verb: "rejectClaims"; readonly claims: readonly ReasonedRequest[] }
  | { readonly verb: "holdClaims"; readonly claims: readonly ReasonedRequest[] }
  | { readonly verb: "recoverPayout"; readonly request: RecoverPayoutRequest }
  | { readonly verb: "refundGift"; readonly gift: DonationRequest; readonly amount: Fen }
  | { readonly verb: "coverRefund"; readonly request: CoverRefundRequest }
  | { readonly verb: "confirmTotal"; readonly request: ConfirmTotalRequest }
  | { readonly verb: "attest"; readonly request: AuditRequest }
  | { readonly verb: "openFinding"; readonly request: AuditRequest }
  | { readonly verb: "answerFinding"; readonly request: FindingRequest }
  | { readonly verb: "closeFinding"; readonly request: FindingRequest }
  | { readonly verb: "noteCorrection"; readonly request: NoteCorrectionRequest }
  | { readonly verb: "noteHead" }
  | { readonly verb: "closePeriods"; readonly programme: ProgrammeId };

export interface Step {
  readonly at: UnixSeconds;
  /** Idempotency key: the same step is carried out once, however often it is asked. */
  readonly key: string;
  readonly act: Act;
}

/** What is to be written at a moment of the script; it may depend on all that was written before. */
export interface Entry {
  readonly at: UnixSeconds;
  readonly write: () => void;
}

/** Named in the gateway's records as the asker. */
const asker = "demonstration";

/** A gift of the script is not in the books where the script says that it is. */
export class GiftNotFound extends Error {
  readonly key: string;
  constructor(key: string) {
    super(
      `demonstration: step ${key}: the gift to refund is not recorded; delete the data folder and load it anew`,
    );
    this.name = "GiftNotFound";
    this.key = key;
  }
}

/** What a step is handed to: the desk, and the reader that finds a gift again. */
export interface Office {
  readonly desk: Desk;
  readonly read: Pick<Read, "findGift">;
}

/** Hands a step in; answers the operations that it became. Throws {@link GiftNotFound}. */
export const handIn = async (office: Office, step: Step): Promise<readonly string[]> => {
  const { key, act } = step;
  const asking = { asker, idempotencyKey: key };
  // The only verb that becomes more than one operation: one for each fund, channel and day.
  if (act.verb === "recordDonations") return office.desk.recordDonations(act.gifts, asking);
  return [await handInOne(office, act, asking)];
};

type OneOperation = Exclude<Act, { readonly verb: "recordDonations" }>;

const handInOne = (office: Office, act: OneOperation, asking: Asking): Promise<string> => {
  const { desk } = office;
  switch (act.verb) {
    case "openFund":
      return desk.openFund(act.request, asking);
    case "openProgramme":
      return desk.openProgramme(act.request, asking);
    case "declarePeriod":
      return desk.declarePeriod(act.request, asking);
    case "allocatePremium":
      return desk.allocatePremium(act.request, asking);
    case "recordExpense":
      return desk.recordExpense(act.request, asking);
    case "fileClaims":
      return desk.fileClaims(act.claims, asking);
    case "approveClaims":
      return desk.approveClaims(act.claims, asking);
    case "payClaims":
      return desk.payClaims(act.claims, asking);
    case "appendRoster":
      return desk.appendRoster(act.request, asking);
    case "declareInsurers":
      return desk.declareInsurers(act.request, asking);
    case "fileGrants":
      return desk.fileGrants(act.claims, asking);
    case "withdrawClaims":
      return desk.withdrawClaims(act.claims, asking);
    case "rejectClaims":
      return desk.rejectClaims(act.claims, asking);
    case "holdClaims":
      return desk.holdClaims(act.claims, asking);
    case "recoverPayout":
      return desk.recoverPayout(act.request, asking);
    case "refundGift":
      return refundGift(office, act, asking);
    case "coverRefund":
      return desk.coverRefund(act.request, asking);
    case "confirmTotal":
      return desk.confirmTotal(act.request, asking);
    case "attest":
      return desk.attest(act.request, asking);
    case "openFinding":
      return desk.openFinding(act.request, asking);
    case "answerFinding":
      return desk.answerFinding(act.request, asking);
    case "closeFinding":
      return desk.closeFinding(act.request, asking);
    case "noteCorrection":
      return desk.noteCorrection(act.request, asking);
    case "noteHead":
      return desk.noteHead(asking);
    case "closePeriods":
      return desk.closePeriods(act.programme, asking);
  }
};

/** A gift's place in its batch follows from its salt, so no script knows it: it is found as its donor would find it. */
const refundGift = async (
  { desk, read }: Office,
  { gift, amount }: Extract<Act, { readonly verb: "refundGift" }>,
  asking: Asking,
): Promise<string> => {
  const { transactionNumber, channel } = gift;
  const answer = await read.findGift({
    transactionNumber,
    channel,
    amount: gift.amount,
    // Each asks once and for itself, so the limit on guesses stays out of the way.
    askedFrom: asking.idempotencyKey,
  });
  if (answer.outcome !== "found") throw new GiftNotFound(asking.idempotencyKey);
  const { batch, index } = answer.receipt;
  const paymentNumber = `DEMO-REFUND-${transactionNumber}`;
  return desk.refundDonation({ batch: batch.batch, index, amount, paymentNumber }, asking);
};

/** Steps of one moment, in their order: they may share blocks, and all of them land before the next moment. */
export const moments = (steps: readonly Step[]): readonly (readonly Step[])[] => {
  const grouped: Step[][] = [];
  for (const step of steps) {
    const last = grouped.at(-1);
    if (last?.[0]?.at === step.at) last.push(step);
    else grouped.push([step]);
  }
  return grouped;
};
