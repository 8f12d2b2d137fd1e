/** From operations to signed bytes: nonces from the table, calls built anew where they were stale. */
import { parseTransaction } from "viem";
import { address } from "../../protocol/ids.ts";
import type { Address } from "../../protocol/ids.ts";
import type { Hex, SignedTransaction } from "../chain/port.ts";
import type { CarriedOperation, SignedAttempt } from "./attempts.ts";
import { NotRebuildable, SenderStopped } from "./errors.ts";
import type { Fees } from "./fees.ts";
import { checkGas } from "./gas.ts";
import type { Bundle, Joining } from "./group.ts";
import type { Call, OutboxStore, QueuedOperation, Relayed } from "./store.ts";
import { signTransaction, type SigningAccount, type TransactionFields } from "./transaction.ts";

/** Builds a call anew after its position went stale; nothing else is under way then, so the chain's head decides. */
export type Rebuild = (operation: {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly previous: Call;
  readonly revertData: Hex;
}) => Promise<Call>;

export interface SigningOptions {
  readonly store: OutboxStore;
  readonly chainId: number;
  /** The keystore: throws for an actor it does not know. */
  readonly account: (actor: string) => SigningAccount;
  /** The keystore's names; those that a transaction can be replaced for. */
  readonly actors: readonly string[];
  readonly rebuild?: ReadonlyMap<string, Rebuild>;
  readonly joining?: Joining;
  /** Whether a contract's error means that the position moved on. */
  readonly isStale: (revertData: Hex) => boolean;
  /** Called for an operation that could not be built anew and was given up. */
  readonly gaveUp: (operation: string) => Promise<void>;
}

/** What an empty transaction needs. */
const transferGas = 21_000n;

export class Signing {
  readonly #options: SigningOptions;
  readonly #own = new Map<Address, { readonly actor: string; readonly account: SigningAccount }>();

  constructor(options: SigningOptions) {
    this.#options = options;
    for (const actor of options.actors) {
      const account = options.account(actor);
      this.#own.set(address(account.address), { actor, account });
    }
  }

  /** The accounts whose keys are held here, with their names. */
  own(): readonly { readonly account: Address; readonly actor: string }[] {
    return [...this.#own].map(([account, { actor }]) => ({ account, actor }));
  }

  holdsKeyOf(account: Address): boolean {
    return this.#own.has(account);
  }

  /** The account that signs for an operation. */
  signerOf({ actor, relayed }: Pick<QueuedOperation, "actor" | "relayed">): Address {
    return relayed?.signer ?? address(this.#options.account(actor).address);
  }

  /** Signs the bundles and keeps their bytes; fewer where an operation could not be built anew. */
  async sign(
    bundles: readonly Bundle[],
    fees: Fees,
    signedAtBlock?: number,
  ): Promise<readonly SignedAttempt[]> {
    const { store } = this.#options;
    const nonces = new Map<string, number>();
    const attempts: SignedAttempt[] = [];
    for (const bundle of bundles) {
      const signed = await this.#signBundle(bundle, fees, async (signer) => {
        const nonce = nonces.get(signer) ?? (await store.nextNonce(signer));
        nonces.set(signer, nonce + 1);
        return nonce;
      });
      if (signed === undefined) continue;
      const { hash, raw, signer, nonce } = signed;
      const attempt = { hash, raw, signer, nonce, operations: this.#carried(bundle) };
      attempts.push(signedAtBlock === undefined ? attempt : { ...attempt, signedAtBlock });
    }
    await store.keepSigned(attempts);
    return attempts;
  }

  /** The same transaction with other fees. Its signer's key must be held here. */
  async signAgain(raw: Hex, signer: Address, fees: Fees): Promise<SignedTransaction> {
    const { to, data, gas, nonce = 0, value = 0n } = parseTransaction(raw);
    return this.#signFields(signer, fees, {
      nonce,
      ...(gas === undefined ? {} : { gas }),
      ...(value === 0n ? {} : { value }),
      ...(data === undefined ? {} : { data }),
      ...(to === undefined || to === null ? {} : { to: address(to) }),
    });
  }

  /** A transaction of nothing to the signer itself, which takes the nonce. */
  signEmpty(signer: Address, nonce: number, fees: Fees): Promise<SignedTransaction> {
    return this.#signFields(signer, fees, { nonce, gas: transferGas, to: signer });
  }

  async #signFields(
    signer: Address,
    fees: Fees,
    fields: Omit<TransactionFields, "chainId" | keyof Fees>,
  ): Promise<SignedTransaction> {
    const own = this.#own.get(signer);
    if (own === undefined) throw new RangeError(`no key of ${signer} is held here`);
    return signTransaction(own.account, { chainId: this.#options.chainId, ...fees, ...fields });
  }

  /** The bytes of a bundle; undefined where its operation could not be built anew and was given up. */
  async #signBundle(
    { operations, call: joined }: Bundle,
    fees: Fees,
    takeNonce: (signer: Address) => Promise<number>,
  ): Promise<Relayed | undefined> {
    const [operation, ...others] = operations;
    if (operation === undefined || operation.relayed !== undefined) return operation?.relayed;
    const call = others.length === 0 ? await this.#callOf(operation) : joined;
    if (call === undefined) return undefined;
    const signer = this.signerOf(operation);
    const nonce = await takeNonce(signer);
    const signed = await this.#signFields(signer, fees, {
      nonce,
      gas: call.gasLimit,
      data: call.calldata,
      ...(call.to === undefined ? {} : { to: call.to }),
    });
    return { ...signed, signer, nonce };
  }

  #carried({ operations }: Bundle): readonly CarriedOperation[] {
    const alone = operations.length === 1;
    let firstPart = 0;
    return operations.map(({ id, kind, attempts, call }) => {
      const parts = alone ? 1 : (this.#options.joining?.parts(call) ?? 1);
      const carried = { id, kind, firstPart, parts, attempts: alone ? attempts + 1 : attempts };
      firstPart += parts;
      return carried;
    });
  }

  /** The call as it was asked for, or built anew; undefined where that failed and the operation was given up. */
  async #callOf(operation: QueuedOperation): Promise<Call | undefined> {
    const { stale, id, kind, actor, call } = operation;
    if (stale === undefined || !this.#options.isStale(stale.revertData)) return call;
    try {
      const rebuild = this.#options.rebuild?.get(kind);
      if (rebuild === undefined) throw new NotRebuildable(kind);
      const rebuilt = await rebuild({ id, kind, actor, previous: call, revertData: stale.revertData });
      checkGas(rebuilt);
      return rebuilt;
    } catch (error) {
      // Nothing is wrong with the operation: it waits for the next start.
      if (error instanceof SenderStopped) throw error;
      await this.#options.store.giveUp(id, error instanceof Error ? error.name : "unknown");
      await this.#options.gaveUp(id);
      return undefined;
    }
  }
}
