/** What a transaction offers for gas, in wei for each unit of it (EIP-1559). Pure rules. */

export interface Fees {
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
}

export const noFees: Fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };

/**
 * Room for the base fee to double, which takes it six full blocks. Where the base fee is zero gas is free, as on many
 * consortium chains, and nothing is offered: the accounts there hold nothing.
 */
export const fairFees = (baseFeePerGas: bigint, tip: bigint): Fees =>
  baseFeePerGas === 0n ? noFees : { maxFeePerGas: 2n * baseFeePerGas + tip, maxPriorityFeePerGas: tip };

/** An eighth more, rounded up: the strictest node asks for 12.5 % on both. */
const eighthMore = (fee: bigint): bigint => (fee * 9n + 7n) / 8n;

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/**
 * Fees that replace a transaction of the same nonce: both at least an eighth above `previous`, and `fair` as far as
 * `limit` lets. Undefined where an eighth more would pass `limit`, and where it is not more: nothing outbids free with
 * free.
 */
export const bumpedFees = (previous: Fees, fair: Fees, limit: bigint): Fees | undefined => {
  const raised = (before: bigint, wanted: bigint): bigint =>
    larger(eighthMore(before), smaller(wanted, limit));
  const maxPriorityFeePerGas = raised(previous.maxPriorityFeePerGas, fair.maxPriorityFeePerGas);
  const maxFeePerGas = larger(raised(previous.maxFeePerGas, fair.maxFeePerGas), maxPriorityFeePerGas);
  if (maxFeePerGas > limit || maxFeePerGas === previous.maxFeePerGas) return undefined;
  return { maxFeePerGas, maxPriorityFeePerGas };
};

/** Fees no higher than `limit`. */
export const limitedFees = ({ maxFeePerGas, maxPriorityFeePerGas }: Fees, limit: bigint): Fees => ({
  maxFeePerGas: maxFeePerGas < limit ? maxFeePerGas : limit,
  maxPriorityFeePerGas: maxPriorityFeePerGas < limit ? maxPriorityFeePerGas : limit,
});
