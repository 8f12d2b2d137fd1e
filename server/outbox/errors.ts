/** What the sender refuses, and why it stops. What the store refuses is declared beside its interface. */

/** The queue is full: nothing of the request was kept. */
export class QueueFull extends Error {
  readonly waiting: number;
  readonly limit: number;
  constructor(waiting: number, limit: number) {
    super(`queue: ${waiting} operations wait, at most ${limit} may; ask again in a few seconds`);
    this.name = "QueueFull";
    this.waiting = waiting;
    this.limit = limit;
  }
}

export class SenderStopped extends Error {
  constructor(cause?: unknown) {
    super(
      cause === undefined
        ? "sender: not running; start the gateway"
        : "sender: stopped by a failure; read the log, then restart the gateway",
      { cause },
    );
    this.name = "SenderStopped";
  }
}

export class UnknownOperation extends Error {
  readonly operation: string;
  constructor(operation: string) {
    super(`operation ${operation.slice(0, 80)}: never accepted here`);
    this.name = "UnknownOperation";
    this.operation = operation;
  }
}

export class InvalidOperationId extends Error {
  readonly operation: string;
  constructor(operation: string) {
    super(`operation id ${JSON.stringify(operation.slice(0, 80))}: expected 1 to 80 of [A-Za-z0-9:_-]`);
    this.name = "InvalidOperationId";
    this.operation = operation;
  }
}

/** The registry lost the entry that a stale operation was accepted with. */
export class NotRebuildable extends Error {
  constructor(kind: string) {
    super(`operation kind ${kind}: has no way to be built anew`);
    this.name = "NotRebuildable";
  }
}

/** The chain made the planned block but has no receipt of its transaction. */
export class MissingOutcome extends Error {
  constructor(transaction: string) {
    super(`transaction ${transaction}: in a mined block, but the chain has no receipt; restart the gateway`);
    this.name = "MissingOutcome";
  }
}

/** An operation's state does not let an operator do that, or this gateway cannot. */
export class NotPossible extends Error {
  readonly operation: string;
  readonly reason: string;
  constructor(operation: string, act: "suspend" | "resume" | "cancel" | "forget", reason: string) {
    super(`operation ${operation.slice(0, 80)}: ${act} is not possible: ${reason}`);
    this.name = "NotPossible";
    this.operation = operation;
    this.reason = reason;
  }
}

/** The chain replaced a block that counted as final. */
export class FinalBlockReplaced extends Error {
  readonly blockNumber: number;
  readonly finalityBlocks: number;
  constructor(blockNumber: number, finalityBlocks: number) {
    super(
      `block ${blockNumber}: counted as final after ${finalityBlocks} more, and is no longer on the chain. What it held ` +
        `was answered as recorded; find out what happened to the chain, and set FINALITY_BLOCKS higher`,
    );
    this.name = "FinalBlockReplaced";
    this.blockNumber = blockNumber;
    this.finalityBlocks = finalityBlocks;
  }
}
