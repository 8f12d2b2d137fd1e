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

export class Erasure {
  readonly #vault: Pick<Vault, "byReference" | "forget">;
  readonly #outbox: Pick<OutboxStore, "operation" | "recorded">;

  constructor(
    vault: Pick<Vault, "byReference" | "forget">,
    outbox: Pick<OutboxStore, "operation" | "recorded">,
  ) {
    this.#vault = vault;
    this.#outbox = outbox;
  }

  /**
   * Nothing of the payment is kept when this resolves. Answers whether it was ever recorded, which is known for ever
   * without the number: so it answers alike however often it is asked. Throws {@link NotPossible} while the gift is
   * being recorded, which may still need its opening; DeskRefusal for what is no number.
   */
  async forgetGift({ channel, transactionNumber }: BusinessReference): Promise<boolean> {
    const reference = { channel, transactionNumber: numberIn(transactionNumber) };
    const opening = await this.#vault.byReference(reference);
    const operation = opening === undefined ? undefined : await this.#outbox.operation(opening.operation);
    if (operation !== undefined && !isSettled(operation.state)) {
      throw new NotPossible(operation.id, "forget", `it is ${operation.state}; wait until it is recorded`);
    }
    await this.#vault.forget(reference);
    return (await this.#outbox.recorded([reference])).length > 0;
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
