/** Paying claims, and money of a payment that comes back. */
import type { Verb } from "../../chain/verbs.ts";
import type { Fen } from "../../protocol/amounts.ts";
import type { Evidence } from "../../protocol/evidence.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import {
  DeskRefusal,
  type Asking,
  type PayClaimRequest,
  type RecoverPayoutRequest,
} from "../../protocol/ports/desk.ts";
import { requireCount, takeClaims } from "./claims.ts";
import type { Counter } from "./counter.ts";
import { knownClaim, requireAmount } from "./known.ts";
import { noClaim, placesOf } from "./queue.ts";

export const payClaims = (
  counter: Counter,
  requests: readonly PayClaimRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    for (const [index, { claim }] of requests.entries()) {
      await knownClaim(counter, claim, `claims[${index}].claim`);
    }
    return takeClaims(
      counter,
      {
        kind: "payClaims",
        actor: "payer",
        asked: requests.map((request) => ({ ...request })),
        papers: requests.map(({ paymentNumber }): Evidence => ({ kind: "payment", number: paymentNumber })),
        verbs: (part) =>
          Promise.all(
            requests.map(async ({ claim }, index): Promise<Verb> => ({
              verb: "payClaim",
              claim,
              paymentReference: (await part(index)).evidence,
            })),
          ),
      },
      asking,
    );
  });

/** A recovery of part of a payment, or, without an amount, the bank's return of all that is left of it. */
export const recoverPayout = (
  counter: Counter,
  request: RecoverPayoutRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { payout, amount, voucher } = request;
    if (amount !== undefined) requireAmount("amount", amount);
    const kind = amount === undefined ? "returnPayout" : "recoverPayout";
    const content = { payout, amount: amount?.toString() ?? "all", voucher };
    return counter.take(kind, content, asking, async (operation) => {
      const recovered = await recoveredBy(counter, request);
      const evidence = await counter.commitTo(operation, "voucher", { kind: "voucher", number: voucher });
      return { actor: "payer", verb: { verb: "recoverPayout", operation, payout, ...recovered, evidence } };
    });
  });

/** What of a payment comes back, and for a return the place that its claim takes in the queue. */
const recoveredBy = async (
  counter: Counter,
  { payout, amount }: RecoverPayoutRequest,
): Promise<{ readonly amount: Fen; readonly returned: boolean; readonly after: ClaimId }> => {
  const known = await counter.parts.lookups.payout(payout);
  if (known === undefined) throw new DeskRefusal("payout", `no payout ${payout}`);
  // Recoveries on their way may leave less; the ledger decides, this only answers sooner.
  if (amount !== undefined && amount > known.left) {
    throw new DeskRefusal("amount", `expected at most ${known.left} fen (what is left of it), got ${amount}`);
  }
  if (amount !== undefined) return { amount, returned: false, after: noClaim };
  if (known.left === 0n) throw new DeskRefusal("payout", "nothing is left of it that could be returned");
  const [after = noClaim] = await placesOf(counter.parts, [known.claim]);
  return { amount: known.left, returned: true, after };
};
