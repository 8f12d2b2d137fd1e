/**
 * The one table of what may follow what. Every change of a state goes through it, in the store, in the statement
 * that makes the change.
 */
export const operationStates = ["queued", "signed", "planned", "mined", "failed"] as const;
export type OperationState = (typeof operationStates)[number];

export const attemptStates = ["signed", "planned", "mined", "reverted"] as const;
export type AttemptState = (typeof attemptStates)[number];

/** From each state, the states that may follow. `planned` → `queued`: a stale position, to be signed anew. */
export const operationTransitions: Readonly<Record<OperationState, readonly OperationState[]>> = {
  queued: ["signed", "failed"],
  signed: ["planned"],
  planned: ["mined", "failed", "queued"],
  mined: [],
  failed: [],
};

export const attemptTransitions: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  signed: ["planned"],
  planned: ["mined", "reverted"],
  mined: [],
  reverted: [],
};

export const isSettled = (state: OperationState): state is "mined" | "failed" =>
  operationTransitions[state].length === 0;

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
