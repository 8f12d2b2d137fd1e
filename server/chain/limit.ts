/**
 * How much the embedded chain takes. Everything on it is executed again at every start and held in memory, so there is
 * a load beyond which a chain outside (`RPC_URL`) is the better place.
 */
import type { SignedTransaction } from "./port.ts";

/** The most load. docs/runbook.md says how long a start takes at the limit, and what memory it needs. */
export const embeddedLoadLimit = 100_000;

/** A transaction of up to so many signed bytes is a load of one: about as much work as most verbs are. */
const bytesOfOne = 2_048;

/** What a transaction adds: one, and for a long one, such as a batch of gifts, one for every 2 KiB that it begins. */
export const loadOf = ({ raw }: Pick<SignedTransaction, "raw">): number =>
  Math.ceil((raw.length - 2) / 2 / bytesOfOne);

/** The embedded chain takes no more writes. Reads, replay and /rpc go on. */
export class EmbeddedChainFull extends Error {
  readonly load: number;
  readonly limit: number;
  constructor(load: number, limit: number) {
    super(
      `embedded chain: it bears a load of ${load} transactions, its limit is ${limit}, and takes no more. ` +
        `Run the gateway on a chain of its own: set RPC_URL, and publish the new ledger as the successor of this one`,
    );
    this.name = "EmbeddedChainFull";
    this.load = load;
    this.limit = limit;
  }
}

/** Throws {@link EmbeddedChainFull}. */
export const checkRoom = (load: number, limit: number): void => {
  if (load >= limit) throw new EmbeddedChainFull(load, limit);
};
