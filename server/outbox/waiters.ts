/** Who waits for which operation. */
import type { SenderStopped } from "./errors.ts";
import type { OperationRecord } from "./store.ts";

interface Waiter {
  readonly resolve: (operation: OperationRecord) => void;
  readonly reject: (error: unknown) => void;
}

export class Waiters {
  readonly #waiters = new Map<string, Waiter[]>();

  /** A promise of the operation that `tell` or `rejectAll` settles. */
  wait(id: string): Promise<OperationRecord> {
    const settled = new Promise<OperationRecord>((resolve, reject) => {
      this.#waiters.set(id, [...(this.#waiters.get(id) ?? []), { resolve, reject }]);
    });
    settled.catch(() => {}); // Whoever waits has its own view of a rejection.
    return settled;
  }

  has(id: string): boolean {
    return this.#waiters.has(id);
  }

  ids(): readonly string[] {
    return [...this.#waiters.keys()];
  }

  forget(id: string): void {
    this.#waiters.delete(id);
  }

  tell(operation: OperationRecord): void {
    const waiters = this.#waiters.get(operation.id) ?? [];
    this.#waiters.delete(operation.id);
    for (const waiter of waiters) waiter.resolve(operation);
  }

  rejectAll(error: SenderStopped): void {
    const waiters = [...this.#waiters.values()].flat();
    this.#waiters.clear();
    for (const waiter of waiters) waiter.reject(error);
  }
}
