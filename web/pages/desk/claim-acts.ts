/** What may be done with a claim: by whom, while it stands where, asked for with which fields. */
import { reasons } from "../../../protocol/ledger/codes.ts";
import type { ClaimState, ClaimView } from "../../../protocol/ports/views.ts";
import { minorUnits, type Entries, type FormField, type Reading } from "../../desk/form.ts";
import type { DeskRole, DeskVisit } from "../../desk/visit.ts";
import { formatAmount, type Fen } from "../../../protocol/amounts.ts";

export interface ClaimAct {
  /** The last part of its address, here and in the API. */
  readonly name: "approve" | "reject" | "withdraw" | "pay" | "hold" | "release" | "cancel";
  readonly role: DeskRole;
  readonly states: readonly ClaimState[];
  readonly fields: (visit: DeskVisit) => readonly FormField[];
  /** What stands in the fields before anybody types. */
  readonly entries: (claim: ClaimView) => Entries;
  readonly read: (claim: ClaimView, visit: DeskVisit) => (entries: Entries) => Reading;
  /** Ends something, or holds it up. */
  readonly isQuiet: boolean;
}

/** As it is typed: without commas. */
const typed = (amount: Fen): string => formatAmount(amount).replaceAll(",", "");

const request = (act: ClaimAct["name"], claim: ClaimView, more: Entries = {}): Reading => ({
  request: { path: `/v1/claims/${act}`, body: { claims: [{ claim: claim.code, ...more }] } },
});

const approve: ClaimAct = {
  name: "approve",
  role: "adjudicator",
  states: ["filed"],
  fields: ({ words: { desk } }) => [
    { name: "amount", label: desk.claim.approved, hint: desk.claim.approvedHint, kind: "amount" },
    {
      name: "remaining",
      label: desk.claim.remaining,
      hint: desk.claim.remainingHint,
      kind: "amount",
      isOptional: true,
    },
  ],
  entries: ({ requested }) => ({ amount: typed(requested) }),
  read: (claim, { words: { desk } }) => {
    return (entries) => {
      const amount = minorUnits(entries["amount"] ?? "");
      const stated = entries["remaining"] ?? "";
      const remaining = stated.trim() === "" ? undefined : minorUnits(stated);
      const isRemainingWrong = stated.trim() !== "" && remaining === undefined;
      if (amount === undefined || isRemainingWrong) {
        return {
          errors: {
            ...(amount === undefined ? { amount: desk.amountWrong } : {}),
            ...(isRemainingWrong ? { remaining: desk.amountWrong } : {}),
          },
        };
      }
      const { currency } = claim;
      return request("approve", claim, {
        amount,
        currency,
        ...(remaining === undefined ? {} : { remaining }),
      });
    };
  },
  isQuiet: false,
};

/** With one of the ledger's four coarse reasons, none of them medical. */
const reasoned = (name: "reject" | "hold" | "cancel", states: readonly ClaimState[]): ClaimAct => ({
  name,
  role: "adjudicator",
  states,
  fields: ({ words }) => [
    {
      name: "reason",
      label: words.queue.reason,
      kind: "choice",
      choices: reasons.map((value) => ({ value, text: words.claim.reasons[value] })),
    },
  ],
  entries: () => ({}),
  read:
    (claim, { words: { desk } }) =>
    ({ reason = "" }) =>
      reason === "" ? { errors: { reason: desk.missing } } : request(name, claim, { reason }),
  isQuiet: true,
});

const plain = (name: "withdraw" | "release", role: DeskRole, states: readonly ClaimState[]): ClaimAct => ({
  name,
  role,
  states,
  fields: () => [],
  entries: () => ({}),
  read: (claim) => () => request(name, claim),
  isQuiet: name === "withdraw",
});

const pay: ClaimAct = {
  name: "pay",
  role: "payer",
  states: ["approved"],
  fields: ({ words: { desk } }) => [
    {
      name: "paymentNumber",
      label: desk.claim.paymentNumber,
      hint: desk.claim.paymentNumberHint,
      kind: "text",
      maxLength: 128,
    },
  ],
  entries: () => ({}),
  read:
    (claim, { words: { desk } }) =>
    ({ paymentNumber = "" }) =>
      paymentNumber.trim() === ""
        ? { errors: { paymentNumber: desk.missing } }
        : request("pay", claim, { paymentNumber: paymentNumber.trim() }),
  isQuiet: false,
};

export const claimActs: readonly ClaimAct[] = [
  approve,
  reasoned("reject", ["filed"]),
  plain("withdraw", "coordinator", ["filed"]),
  pay,
  plain("release", "adjudicator", ["onHold"]),
  reasoned("hold", ["approved"]),
  reasoned("cancel", ["approved", "onHold"]),
];
