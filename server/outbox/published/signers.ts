/** The accounts that transactions are published for: who may go on, who waits for money, who is stopped for good. */
import type { Address } from "../../../protocol/ids.ts";
import type { PublishingChain } from "../../chain/node-chain.ts";
import type { SignerStatus } from "../line.ts";
import type { Signing } from "../signing.ts";
import type { OutboxStore } from "../store.ts";
import { foreignReason } from "./foreign.ts";

/** Turns between two looks at an account that could not pay. */
const fundsEveryTurns = 5;

export class Signers {
  readonly #chain: PublishingChain;
  readonly #store: OutboxStore;
  readonly #signing: Signing;
  readonly #notice: (what: string) => void;
  readonly #stopped = new Map<Address, string>();
  /** With the turns until it is tried again. */
  readonly #unfunded = new Map<Address, number>();
  /** Those that could not pay when they were last tried. */
  readonly #poor = new Set<Address>();
  readonly #balances = new Map<Address, bigint>();

  constructor(chain: PublishingChain, store: OutboxStore, signing: Signing, notice: (what: string) => void) {
    this.#chain = chain;
    this.#store = store;
    this.#signing = signing;
    this.#notice = notice;
  }

  /** Reads who is stopped, and keeps for every key held here what the chain counts for it before it signs. */
  async start(height: number): Promise<void> {
    const kept = new Map((await this.#store.signers()).map((record) => [record.account, record]));
    for (const { account, stopped } of kept.values()) {
      if (stopped !== undefined) this.#stopped.set(account, stopped);
    }
    for (const { account } of this.#signing.own()) {
      const used = await this.#chain.nonceAt(account, height);
      if (!kept.has(account)) await this.#store.keepSigner(account, used);
      else if (used > (await this.#store.nextNonce(account)))
        await this.stop(account, foreignReason(used - 1, true));
    }
    await this.look();
  }

  /** Asks for the balances of the keys held here. */
  async look(): Promise<void> {
    for (const { account } of this.#signing.own()) {
      this.#balances.set(account, await this.#chain.balance(account));
    }
  }

  /** Nothing is signed with the key any more, in this process and after every restart. */
  async stop(account: Address, reason: string): Promise<void> {
    if (this.#stopped.has(account)) return;
    await this.#store.keepSigner(account, 0);
    await this.#store.stopSigner(account, reason);
    this.#stopped.set(account, reason);
    this.#notice(`signer ${account}: stopped: ${reason}`);
  }

  /** The account could not pay for gas; said once, until it can. */
  lacksFunds(account: Address): void {
    if (!this.#poor.has(account)) {
      this.#notice(
        `signer ${account}${this.#nameOf(account)}: cannot pay for gas; send it some of the chain's money`,
      );
    }
    this.#poor.add(account);
    this.#unfunded.set(account, fundsEveryTurns);
  }

  /** A transaction of the account was taken. */
  hasFunds(account: Address): void {
    this.#unfunded.delete(account);
    this.#poor.delete(account);
  }

  /** One turn later: accounts without funds are tried again from time to time. */
  async tick(): Promise<void> {
    for (const [account, turns] of this.#unfunded) {
      this.#unfunded.set(account, turns - 1);
      if (turns > 1) continue;
      this.#unfunded.delete(account);
      this.#balances.set(account, await this.#chain.balance(account));
    }
  }

  /** Whether what the account has under way cannot get on by itself. */
  isHeld(account: Address): boolean {
    return this.#stopped.has(account) || this.#poor.has(account);
  }

  areHeld(): boolean {
    return this.#stopped.size > 0 || this.#poor.size > 0;
  }

  isStopped(account: Address): boolean {
    return this.#stopped.has(account);
  }

  /** Whether transactions of the account are to be handed to the node in this turn. */
  maySend(account: Address): boolean {
    return !this.#stopped.has(account) && !this.#unfunded.has(account);
  }

  /** The actors of whom nothing is signed now: of those that are stopped, and of those that cannot pay. */
  heldActors(): readonly string[] {
    return [...this.#stopped.keys(), ...this.#unfunded.keys()].flatMap((account) => [
      account,
      ...this.#signing.own().flatMap((own) => (own.account === account ? [own.actor] : [])),
    ]);
  }

  status(underWay: ReadonlyMap<Address, number>): readonly SignerStatus[] {
    const own = new Map(this.#signing.own().map(({ account, actor }) => [account, actor]));
    const accounts = new Set([...own.keys(), ...underWay.keys(), ...this.#stopped.keys()]);
    return [...accounts].map((account): SignerStatus => {
      const actor = own.get(account);
      const balanceWei = this.#balances.get(account);
      return {
        account,
        ...this.#stateOf(account),
        underWay: underWay.get(account) ?? 0,
        ...(actor === undefined ? {} : { actor }),
        ...(balanceWei === undefined ? {} : { balanceWei }),
      };
    });
  }

  #stateOf(account: Address): Pick<SignerStatus, "state" | "reason"> {
    const reason = this.#stopped.get(account);
    if (reason !== undefined) return { state: "stopped", reason };
    return this.#poor.has(account)
      ? { state: "noFunds", reason: `send the chain's money for gas to ${account}` }
      : { state: "running" };
  }

  #nameOf(account: Address): string {
    const own = this.#signing.own().find((each) => each.account === account);
    return own === undefined ? "" : ` (${own.actor})`;
  }
}
