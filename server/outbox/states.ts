/**
 * The one table of what may follow what. Every change of a state goes through it, in the store, in the statement
 * that makes the change, and every change of an operation is kept in its history.
 *
 * An operation is `queued` until it has signed bytes, `signed` until its transaction is in a block that counts, and
 * then `mined`, `failed` or `cancelled` for ever. On the embedded chain it passes `planned`, the block that was
 * written down before it is made.
 */
export const operationStates = [
  "queued",
  "suspended",
  "signed",
  "planned",
  "mined",
  "failed",
  "cancelled",
] as const;
export type OperationState = (typeof operationStates)[number];

/**
 * Of one (signer, nonce). `included`: in a block of a chain outside that may still be replaced. `voided`: what was mined
 * under its nonce is the empty transaction that cancels it or fills a gap.
 */
export const attemptStates = ["signed", "planned", "included", "mined", "reverted", "voided"] as const;
export type AttemptState = (typeof attemptStates)[number];

/**
 * From each state, the states that may follow. `planned` or `signed` → `queued`: a stale position, or a joined
 * transaction that reverted, to be signed anew.
 */
export const operationTransitions: Readonly<Record<OperationState, readonly OperationState[]>> = {
  queued: ["signed", "failed", "suspended", "cancelled"],
  suspended: ["queued", "cancelled"],
  signed: ["planned", "mined", "failed", "queued", "cancelled"],
  planned: ["mined", "failed", "queued"],
  mined: [],
  failed: [],
  cancelled: [],
};

/** `included` → `signed`: the block was replaced. */
export const attemptTransitions: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  signed: ["planned", "included"],
  planned: ["mined", "reverted"],
  included: ["signed", "mined", "reverted", "voided"],
  mined: [],
  reverted: [],
  voided: [],
};

/** What an operation's history tells: its states, and what became of its bytes while it was `signed`. */
export const happenings = [
  ...operationStates,
  /** Signed again under the same nonce with higher fees. */
  "replaced",
  /** An empty transaction was signed under its nonce, to take its place. */
  "cancelling",
  /** In a block that may still be replaced. */
  "included",
  /** That block was replaced. */
  "excluded",
] as const;
export type Happening = (typeof happenings)[number];

export const isSettled = (state: OperationState): state is "mined" | "failed" | "cancelled" =>
  operationTransitions[state].length === 0;

/** Those that move on by themselves: a suspended operation waits for an operator, and is not counted among them. */
export const unsettledStates: readonly OperationState[] = operationStates.filter(
  (state) => !isSettled(state) && state !== "suspended",
);

/** The states that `to` may follow. */
export const predecessors = <State extends string>(
  table: Readonly<Record<State, readonly State[]>>,
  states: readonly State[],
  to: State,
): readonly State[] => states.filter((from) => table[from].includes(to));

export class IllegalTransition extends Error {
  readonly subject: string;
  readonly to: string;
  constructor(subject: string, to: string) {
    super(`${subject}: its present state does not allow ${to}; two senders may be at work on one outbox`);
    this.name = "IllegalTransition";
    this.subject = subject;
    this.to = to;
  }
}
