/** What the demonstration's script is made of: one request of the desk each, with its moment and its key. */
import type {
  AllocateRequest,
  ApproveClaimRequest,
  DeclarePeriodRequest,
  Desk,
  DonationRequest,
  ExpenseRequest,
  FileClaimRequest,
  OpenFundRequest,
  OpenProgrammeRequest,
  PayClaimRequest,
} from "../../../protocol/ports/desk.ts";
import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { UnixSeconds } from "../../../protocol/ledger/events.ts";

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
  | { readonly verb: "closePeriods"; readonly programme: ProgrammeId };

export interface Step {
  readonly at: UnixSeconds;
  /** Idempotency key: the same step is carried out once, however often it is asked. */
  readonly key: string;
  readonly act: Act;
}

/** Named in the gateway's records as the asker. */
const asker = "demonstration";

/** Hands a step to the desk; answers the operations that it became. */
export const handIn = async (desk: Desk, { key, act }: Step): Promise<readonly string[]> => {
  const asking = { asker, idempotencyKey: key };
  switch (act.verb) {
    case "openFund":
      return [await desk.openFund(act.request, asking)];
    case "openProgramme":
      return [await desk.openProgramme(act.request, asking)];
    case "declarePeriod":
      return [await desk.declarePeriod(act.request, asking)];
    case "recordDonations":
      return desk.recordDonations(act.gifts, asking);
    case "allocatePremium":
      return [await desk.allocatePremium(act.request, asking)];
    case "recordExpense":
      return [await desk.recordExpense(act.request, asking)];
    case "fileClaims":
      return [await desk.fileClaims(act.claims, asking)];
    case "approveClaims":
      return [await desk.approveClaims(act.claims, asking)];
    case "payClaims":
      return [await desk.payClaims(act.claims, asking)];
    case "closePeriods":
      return [await desk.closePeriods(act.programme, asking)];
  }
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
