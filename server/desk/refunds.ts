/** Refunds: the foundation repays a donor and takes the donor's place, until its own payment comes in. */
import { encodeProof } from "../../protocol/donations/merkle-sum.ts";
import {
  DeskRefusal,
  type Asking,
  type CoverRefundRequest,
  type RefundDonationRequest,
} from "../../protocol/ports/desk.ts";
import type { Counter } from "./counter.ts";
import { requireAmount, requireChannel } from "./known.ts";

export const refundDonation = (
  counter: Counter,
  request: RefundDonationRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { batch, index, amount, paymentNumber } = request;
    requireAmount("amount", amount);
    const content = { batch, index, amount: amount.toString(), paymentNumber };
    return counter.take("refundDonation", content, asking, async (operation) => {
      const proven = await provenDonation(counter, request);
      const paymentReference = await counter.commitTo(operation, "paymentNumber", {
        kind: "payment",
        number: paymentNumber,
      });
      return {
        actor: "treasurer",
        verb: { verb: "refundDonation", operation, batch, index, ...proven, amount, paymentReference },
      };
    });
  });

/** The leaf of the gift and its proof. Throws {@link DeskRefusal} where less of it is still the donor's. */
const provenDonation = async (counter: Counter, { batch, index, amount }: RefundDonationRequest) => {
  const { read } = counter.parts;
  const [donation, proof] = [await read.donation(batch, index), await read.donationProof(batch, index)];
  if (donation === undefined || proof === undefined) throw new DeskRefusal("donation", "is not recorded");
  const refunded = donation.refunds.reduce((sum, refund) => sum + refund.amount, 0n);
  const left = donation.amount - refunded;
  if (amount > left) {
    throw new DeskRefusal(
      "amount",
      `expected at most ${left} fen (what is still the donor's), got ${amount}`,
    );
  }
  const { leaf, siblings } = proof;
  return { leafAmount: leaf.amount, commitment: leaf.commitment, proof: encodeProof(siblings) };
};

/** The provider says that the foundation's own payment for a refund came in. */
export const coverRefund = (counter: Counter, request: CoverRefundRequest, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    const { refund, channel, paymentNumber } = request;
    await requireChannel(counter, channel);
    return counter.take("coverRefund", { refund, channel, paymentNumber }, asking, async (operation) => {
      const paymentReference = await counter.commitTo(operation, "paymentNumber", {
        kind: "payment",
        number: paymentNumber,
      });
      return { actor: "provider", verb: { verb: "coverRefund", refund, channel, paymentReference } };
    });
  });
