/** Lies of a gateway about one gift, while the node tells the truth. */
import { at } from "../service.ts";
import {
  any,
  has,
  paid,
  spent,
  wasRecovered,
  wasMoved,
  wasRefunded,
  both,
  donationLie,
  traceLie,
  inside,
  more,
  otherHash,
  otherClaim,
  first,
  isPaid,
  drop,
  type Lies,
} from "./lying.ts";

export const gatewayLies: Lies = [
  [
    "the gateway does not know the gift",
    "gatewayUnknownGift",
    any,
    (question) => ({
      ...question,
      gateway: { trace: async () => undefined, donation: async () => undefined },
    }),
  ],
  [
    "an amount off by one fen",
    "gatewayAmountDiffers",
    any,
    donationLie((data) => (inside(data, "amount")["amount"] = more(at(data, "amount", "amount")))),
  ],
  [
    "another donor's commitment",
    "gatewayCommitmentDiffers",
    any,
    donationLie((data) => (data["commitment"] = otherHash)),
  ],
  [
    "another batch root",
    "gatewayBatchDiffers",
    any,
    donationLie((data) => (inside(data, "batch")["root"] = otherHash)),
  ],
  [
    "another place on the line",
    "gatewayPositionDiffers",
    any,
    donationLie((data) => (data["start"] = more(data["start"]))),
  ],
  [
    "the promise of another fund",
    "gatewayPromiseDiffers",
    any,
    donationLie((data) => (data["claimsShareBps"] = Number(data["claimsShareBps"]) === 1 ? 2 : 1)),
  ],
  [
    "a claims share a fen larger",
    "gatewayClaimsShareDiffers",
    any,
    donationLie((data) => (inside(data, "claimsShare")["amount"] = more(at(data, "claimsShare", "amount")))),
  ],
  ["a hidden refund", "gatewayRefundHidden", wasRefunded, donationLie((data) => (data["refunds"] = []))],
  [
    "an invented refund",
    "gatewayRefundInvented",
    any,
    donationLie((data) => {
      const refund = {
        refund: 4_000_000,
        fundStart: data["start"],
        amount: { amount: "1", currency: "CNY" },
      };
      data["refunds"] = [...(Array.isArray(data["refunds"]) ? data["refunds"] : []), refund];
    }),
  ],
  [
    "a refund of another amount",
    "gatewayRefundDiffers",
    wasRefunded,
    donationLie((data) => {
      const amount = inside(data, "refunds", 0, "amount");
      amount["amount"] = more(amount["amount"]);
    }),
  ],
  [
    "another allocation",
    "gatewayAllocationDiffers",
    paid,
    traceLie((slices) => (first(slices, isPaid)["allocation"] = 4_000_000)),
  ],
  [
    "a dropped payout",
    "gatewayPayoutDropped",
    both(paid, (r) => !wasRecovered(r)),
    traceLie((slices) => drop(slices, first(slices, isPaid))),
  ],
  [
    "a payout told as still in reserve",
    "gatewayPayoutDropped",
    paid,
    traceLie((slices) => (first(slices, isPaid)["place"] = "inReserve")),
  ],
  [
    "an invented payout",
    "gatewayPayoutInvented",
    paid,
    traceLie((slices) => {
      const slice = first(slices, isPaid);
      slices.push({ ...slice, lineStart: "99999999", via: undefined });
    }),
  ],
  [
    "money in reserve told as paid",
    "gatewayPayoutInvented",
    has(({ place }) => place === "inReserve"),
    traceLie((slices) => {
      const slice = first(slices, ({ place }) => place === "inReserve");
      slice["place"] = "paid";
      slice["claim"] = otherClaim;
    }),
  ],
  [
    "a claim swapped for another",
    "gatewayClaimSwapped",
    paid,
    traceLie((slices) => (first(slices, isPaid)["claim"] = otherClaim)),
  ],
  [
    "a payout of another amount",
    "gatewayPayoutAmountDiffers",
    paid,
    traceLie((slices) => {
      const slice = first(slices, isPaid);
      slice["amountFen"] = more(slice["amountFen"]);
    }),
  ],
  [
    "a hidden recovery: the money is told where it was before",
    "gatewayRecoveryHidden",
    wasRecovered,
    traceLie((slices) => {
      const slice = first(slices, ({ via }) => at(via, "kind") === "recovery");
      slice["lineStart"] = "0";
      slice["hops"] = 0;
      delete slice["via"];
    }),
  ],
  [
    "a recovery whose way is left out",
    "gatewayRecoveryHidden",
    wasRecovered,
    traceLie((slices) => {
      const slice = first(slices, ({ via }) => at(via, "kind") === "recovery");
      slice["hops"] = 0;
      delete slice["via"];
    }),
  ],
  [
    "an invented recovery",
    "gatewayRecoveryInvented",
    both(paid, (report) => !wasRecovered(report) && !wasMoved(report)),
    traceLie((slices) => {
      const slice = first(slices, isPaid);
      slice["via"] = { kind: "recovery", recovery: 4_000_000 };
      slice["hops"] = 1;
    }),
  ],
  [
    "a hidden move to another programme",
    "gatewayMoveHidden",
    wasMoved,
    traceLie((slices) => {
      for (const slice of slices.filter(({ via }) => at(via, "kind") === "move")) {
        slice["hops"] = 0;
        delete slice["via"];
      }
    }),
  ],
  [
    "another expense",
    "gatewayExpenseDiffers",
    spent,
    traceLie((slices) => (first(slices, ({ place }) => place === "operatingSpent")["expense"] = 4_000_000)),
  ],
  [
    "a rest that is a fen larger",
    "gatewayRestDiffers",
    has(({ place }) => place === "inReserve"),
    traceLie((slices) => {
      const slice = first(slices, ({ place }) => place === "inReserve");
      slice["amountFen"] = more(slice["amountFen"]);
    }),
  ],
  [
    "a total that is a fen larger",
    "gatewayTotalDiffers",
    any,
    traceLie((_slices, data) => {
      const total = inside(data, "partition", "paid");
      total["amount"] = more(total["amount"]);
    }),
  ],
];
