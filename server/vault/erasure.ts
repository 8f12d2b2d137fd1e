/**
 * Forgets what the vault keeps of one gift: transaction number, amount, time, remark and salt. The books stay as they
 * are, for they hold a salted commitment and an amount only; without the salt nothing leads from the one to the other.
 */
import { InvalidPayload, transactionNumberOf } from "../../protocol/donations/commitment.ts";
import { DeskRefusal } from "../../protocol/ports/desk.ts";
import type { BusinessReference } from "../keys/secrets.ts";
import { NotPossible } from "../outbox/errors.ts";
import { isSettled } from "../outbox/states.ts";
import type { OutboxStore } from "../outbox/store.ts";
import type { Vault } from "./vault.ts";

export interface ErasureParts {
  readonly vault: Pick<Vault, "byReference" | "forget" | "scrub">;
  readonly outbox: Pick<OutboxStore, "operation" | "recorded">;
  /** The turns in which gifts are kept and accepted: between the two, an opening belongs to no operation yet. */
  readonly serve: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export class Erasure {
  readonly #parts: ErasureParts;

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  /**
   * Nothing of the payment is kept when this resolves. Answers whether it was ever recorded, which is known for ever
   * without the number: so it answers alike however often it is asked. Throws {@link NotPossible} while the gift is
   * being recorded, which may still need its opening; DeskRefusal for what is no number.
   */
  async forgetGift({ channel, transactionNumber }: BusinessReference): Promise<boolean> {
    const { vault, outbox, serve } = this.#parts;
    const reference = { channel, transactionNumber: numberIn(transactionNumber) };
    await serve(async () => {
      const opening = await vault.byReference(reference);
      const operation = opening === undefined ? undefined : await outbox.operation(opening.operation);
      if (operation !== undefined && !isSettled(operation.state)) {
        throw new NotPossible(operation.id, "forget", `it is ${operation.state}; wait until it is recorded`);
      }
      await vault.forget(reference);
    });
    // Takes long where the vault is large, so nobody waits at the counter for it.
    await vault.scrub();
    return (await outbox.recorded([reference])).length > 0;
  }
}

/** The form in which payments are known. The refusal does not repeat the number. */
const numberIn = (text: string): string => {
  try {
    return transactionNumberOf(text);
  } catch (error) {
    if (!(error instanceof InvalidPayload)) throw error;
    throw new DeskRefusal("transactionNumber", "is no transaction number");
  }
};
