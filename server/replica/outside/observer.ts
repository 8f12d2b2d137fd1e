/**
 * Keeps watch over what an operator signs on a chain that others make. Nothing is executed: the chain's own nodes do
 * that. What can be said is whether its accounts signed two histories, whether it takes back what it showed, and, with a
 * node to ask, whether the chain has it.
 */
import { readSigned } from "../../desk/signed-transaction.ts";
import { Finding } from "../finding.ts";
import { Unreachable, type ShownAttempt, type ShownPage, type Source } from "../source.ts";
import { checkSignedOnce, nameOf, readVersions, type ReadAttempt, type ReadVersion } from "./attempts.ts";
import type { Counted, KeptAttempts, Placed, Watched } from "./kept-attempts.ts";
import type { AskedNode } from "./node.ts";

export interface ObserverOptions {
  readonly source: Pick<Source, "shown">;
  readonly kept: KeptAttempts;
  readonly node?: AskedNode;
  /** Aborted, it ends between two pages. */
  readonly signal?: AbortSignal;
}

export class Observer {
  readonly #options: ObserverOptions;
  /** The reading from the beginning that goes on, and where its last page began; absent before the first. */
  #reading: { readonly number: number; after: number } | undefined;
  /** Whether the node was found on the chain that is spoken of. */
  #isNodeChecked = false;
  /** Attempts of the last page when it was last read, by account and number. */
  #last: ReadonlySet<string> = new Set();

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  /**
   * Reads on to the last page, and that one again: an operator whose history was replaced shows another. Everything is
   * read from the beginning at the first look, and where the last page is not what it was. Throws {@link Finding} and
   * what the source throws.
   */
  async look(): Promise<Counted> {
    const { kept, signal } = this.#options;
    let reading = (this.#reading ??= await this.#anew());
    for (;;) {
      const page = await this.#options.source.shown(reading.after);
      await this.#identify(page);
      const names = new Set(page.attempts.map(nameOf));
      if ([...this.#last].some((name) => !names.has(name))) {
        reading = this.#reading = await this.#anew();
        continue;
      }
      await this.#take(page, reading.number);
      if (page.next === undefined) {
        this.#last = names;
        break;
      }
      this.#last = new Set();
      reading.after = following(page.next, reading.after);
      if (signal?.aborted === true) throw new Unreachable("it was ended before everything was read");
    }
    const gone = await kept.unseen(reading.number);
    if (gone === undefined) return kept.counted();
    this.#reading = undefined;
    this.#last = new Set();
    throw new Finding(
      "withdrawn",
      `the operator showed ${nameOf(gone)}, final in block ${gone.block}, before, and does not show it any more`,
      { block: gone.block },
    );
  }

  async #anew(): Promise<{ readonly number: number; after: number }> {
    this.#last = new Set();
    return { number: (await this.#options.kept.lastReading()) + 1, after: 0 };
  }

  /** The first page says which ledger it is. */
  async #identify({ chainId, genesis, ledger }: ShownPage): Promise<void> {
    const { kept, node } = this.#options;
    const before = await kept.watched();
    if (before !== undefined) checkSame(before, { chainId, genesis, ledger });
    if (!this.#isNodeChecked) await node?.checkChain({ chainId, genesis, ledger });
    this.#isNodeChecked = true;
    if (before === undefined) await kept.watch({ chainId, genesis, ledger });
  }

  /** Checks the attempts of a page, and keeps those that hold, up to the first that does not. */
  async #take({ attempts, chainId }: ShownPage, reading: number): Promise<void> {
    const taken: ReadAttempt[] = [];
    const names = new Set<string>();
    try {
      for (const attempt of attempts) {
        if (names.has(nameOf(attempt))) {
          // What it is compared with has to be kept first.
          await this.#options.kept.keep(taken.splice(0), reading);
        }
        taken.push(await this.#check(attempt, chainId, reading));
        names.add(nameOf(attempt));
      }
    } finally {
      await this.#options.kept.keep(taken, reading);
    }
  }

  /** Checks an attempt by its bytes, by what was kept, and by the node. */
  async #check(attempt: ShownAttempt, chainId: number, reading: number): Promise<ReadAttempt> {
    const { kept, node } = this.#options;
    const versions = await readVersions(attempt, chainId);
    checkSignedOnce(attempt, versions, await this.#before(attempt));
    const placed = await kept.placed(attempt.signer, attempt.nonce);
    if (placed !== undefined) checkPlaced(attempt, placed);
    if (placed?.reading !== reading) await node?.checkPlace(attempt);
    return { attempt, versions };
  }

  async #before({ signer, nonce }: ShownAttempt): Promise<ReadVersion | undefined> {
    const raw = await this.#options.kept.call(signer, nonce);
    return raw === undefined ? undefined : { fields: await readSigned(raw), raw };
  }
}

/** Pages only go on. */
const following = (next: number, after: number): number => {
  if (next > after) return next;
  throw new Finding(
    "disorder",
    `the page after ${after} is followed by the one after ${next}, which is not later`,
  );
};

const checkSame = (before: Watched, now: Watched): void => {
  const other = (what: string, then: unknown, shown: unknown): string =>
    `the operator shows another ${what} than before: ${String(then)} then, ${String(shown)} now`;
  if (now.chainId !== before.chainId) {
    throw new Finding("otherChain", other("chain id", before.chainId, now.chainId));
  }
  if (now.genesis !== before.genesis) {
    throw new Finding("otherGenesis", other("block 0", before.genesis, now.genesis), { block: 0 });
  }
  if (now.ledger !== before.ledger) {
    throw new Finding("otherLedger", other("ledger", before.ledger, now.ledger));
  }
};

/** What the operator once called final stays where it is. */
const checkPlaced = (attempt: ShownAttempt, before: Placed): void => {
  const { transaction, blockNumber: block, blockHash } = attempt;
  if (transaction === before.transaction && blockHash === before.blockHash && block === before.blockNumber) {
    return;
  }
  throw new Finding(
    "otherBlock",
    `${nameOf(attempt)} was shown as final: ${before.transaction} in block ${before.blockNumber}, ${before.blockHash}; ` +
      `now it is ${transaction} in block ${block}, ${blockHash}`,
    { block },
  );
};
