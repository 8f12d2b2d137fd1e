/** The books at the chain's head, by which calls are built anew. They are there once the index is open. */
import type { Head } from "../../protocol/ports/views.ts";
import type { Lookups } from "../index/lookups.ts";
import { SenderStopped } from "../outbox/errors.ts";
import type { QueueBooks } from "./queue.ts";

export interface BooksAtHead extends QueueBooks {
  readonly head: Head;
  readonly lookups: Pick<Lookups, "payableBefore" | "payout">;
}

export class AtHead {
  readonly #opened: Promise<() => Promise<BooksAtHead>>;
  #open: (read: () => Promise<BooksAtHead>) => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor() {
    this.#opened = new Promise((resolve, reject) => {
      this.#open = resolve;
      this.#fail = reject;
    });
    this.#opened.catch(() => {}); // Whoever asks has its own view of a rejection.
  }

  /** `read` answers the books once they show the chain's head. */
  open(read: () => Promise<BooksAtHead>): void {
    this.#open(read);
  }

  /** For a start that fails before there are books: whoever waits for them waits no more. */
  close(): void {
    this.#fail(new SenderStopped());
  }

  /** Throws {@link SenderStopped} where there are none to be had: then no call is at fault. */
  async books(): Promise<BooksAtHead> {
    try {
      const read = await this.#opened;
      return await read();
    } catch (error) {
      throw error instanceof SenderStopped ? error : new SenderStopped(error);
    }
  }
}
