/** Which queued operations share the next block, and which of those share a transaction. */
import { blockGas, blockTransactions } from "../chain/pinned.ts";
import type { Call, QueuedOperation } from "./store.ts";

/** How small calls of one signer become one transaction. */
export interface Joining {
  /** Kinds of operations that may share a transaction. */
  readonly kinds: ReadonlySet<string>;
  /** Most calls in one transaction. */
  readonly limit: number;
  /** How many calls a call stands for. */
  readonly parts: (call: Call) => number;
  /** One call that makes all of them in order, or none. */
  readonly join: (calls: readonly Call[]) => Call;
}

/** The operations of one transaction; `call` is that of the only one, or all of theirs joined. */
export interface Bundle {
  readonly operations: readonly QueuedOperation[];
  readonly call: Call;
}

/**
 * The longest run from the front that fits a block. What may fail for a reason that lies between two operations closes
 * its block, so that nothing is carried out behind it before it has settled:
 * - an operation that met a stale position goes alone: it is built from the chain's head, and whatever shared its block
 *   could move that position again;
 * - operations that are joined go last, and the halves of a joined transaction that reverted go alone, one after the
 *   other, until the operation at fault stands by itself.
 * Empty only for no operations.
 */
export const nextGroup = (queued: readonly QueuedOperation[], joining?: Joining): readonly Bundle[] => {
  const [front] = queued;
  if (front === undefined) return [];
  if (front.split !== undefined) return [half(queued, front.split, joining)];
  const bundles: Bundle[] = [];
  let gas = 0n;
  for (let next = 0; next < queued.length;) {
    const bundle = bundleAt(queued, next, joining);
    const [first] = bundle.operations;
    const isRetry = first?.stale !== undefined || first?.split !== undefined;
    gas += bundle.call.gasLimit;
    const fits = gas <= blockGas && bundles.length < blockTransactions;
    if (bundles.length > 0 && (!fits || isRetry)) break;
    bundles.push(bundle);
    if (isRetry || bundle.operations.length > 1) break;
    next += bundle.operations.length;
  }
  return bundles;
};

const bundleOf = (operations: readonly QueuedOperation[], joining?: Joining): Bundle => {
  const calls = operations.map(({ call }) => call);
  const [only, ...others] = calls;
  if (only !== undefined && others.length === 0) return { operations, call: only };
  if (joining === undefined) throw new RangeError("several operations need a way to be joined");
  return { operations, call: joining.join(calls) };
};

/** The operation at `start` and those right behind it that may share its transaction. */
const bundleAt = (queued: readonly QueuedOperation[], start: number, joining?: Joining): Bundle => {
  const [first, ...behind] = queued.slice(start);
  if (first === undefined) return { operations: [], call: { calldata: "0x", gasLimit: 0n } };
  if (joining === undefined || !isJoinable(first, joining)) return bundleOf([first]);
  const operations = [first];
  let parts = joining.parts(first.call);
  for (const operation of behind) {
    if (operation.actor !== first.actor || !isJoinable(operation, joining)) break;
    parts += joining.parts(operation.call);
    if (parts > joining.limit) break;
    operations.push(operation);
  }
  return bundleOf(operations, joining);
};

const isJoinable = ({ kind, relayed, stale, split }: QueuedOperation, { kinds }: Joining): boolean =>
  kinds.has(kind) && relayed === undefined && stale === undefined && split === undefined;

const half = (
  queued: readonly QueuedOperation[],
  split: NonNullable<QueuedOperation["split"]>,
  joining?: Joining,
): Bundle => {
  const together = queued.filter((operation) => operation.split?.attempt === split.attempt);
  return bundleOf(together.slice(0, Math.ceil(split.operations / 2)), joining);
};
