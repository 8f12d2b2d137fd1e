/** The audit's own threads: they take most of the work of many donations off the one that reads. Few donations need none. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { BatchSeal } from "../../../protocol/audit/roots.ts";
import type { PlacesLaw, PlacesPart } from "../../../protocol/laws/places.ts";
import type { BatchRecorded } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import type { Step } from "../progress.ts";
import type { FromThread, ToThread } from "./messages.ts";
import { walkPlaces } from "./walk.ts";

/** Donations from which on a thread is worth its start. */
const manyDonations = 20_000;
/** Beside the one that reads; each holds a copy of the books. */
const mostThreads = 3;

class Thread {
  readonly #worker = new Worker(new URL("./thread.ts", import.meta.url));
  readonly #onHashed: (batch: number, seal: BatchSeal) => void;
  #onPlaces: (part: PlacesPart) => void = () => {};
  #onFailure: (error: unknown) => void = () => {};
  #failure: unknown;

  constructor(onHashed: (batch: number, seal: BatchSeal) => void) {
    this.#onHashed = onHashed;
    this.#worker.on("message", (message: FromThread) => {
      if (message.kind === "hashed") this.#onHashed(message.batch, message.seal);
      else this.#onPlaces(message.part);
    });
    this.#worker.on("error", (error) => {
      this.#failure = error;
      this.#onFailure(error);
    });
  }

  send(message: ToThread): void {
    this.#worker.postMessage(message, []);
  }

  /** Once all that was sent before is done. Rejects where the thread has failed. */
  places(books: Pick<LedgerState, "funds" | "programmes" | "batches">, next: Int32Array<SharedArrayBuffer>) {
    return new Promise<PlacesPart>((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#onPlaces = resolve;
      this.#onFailure = reject;
      this.send({ kind: "places", books, next });
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

export class AuditThreads {
  readonly #most: number;
  readonly #threads: Thread[] = [];
  readonly #seals = new Map<number, BatchSeal>();
  readonly #numbers = new Map<BatchRecorded, number>();
  #donations = 0;

  constructor(most = Math.min(mostThreads, Math.max(1, availableParallelism() - 1))) {
    this.#most = most;
  }

  /** Hashes a batch in a thread, where there are many; the others are hashed where they are checked. */
  hash(event: BatchRecorded): void {
    this.#donations += event.count;
    if (this.#donations < manyDonations || this.#most === 0) return;
    if (this.#threads.length === 0) this.#start();
    const batch = this.#numbers.size;
    this.#numbers.set(event, batch);
    const { fund, channel, day, leaves } = event;
    const hashed = { fund, channel, day, leaves };
    this.#threads[batch % this.#threads.length]?.send({ kind: "hash", batch, hashed });
  }

  /** What a thread found of a batch; undefined where none was asked, or has not come to it. */
  sealed(event: BatchRecorded): BatchSeal | undefined {
    const batch = this.#numbers.get(event);
    return batch === undefined ? undefined : this.#seals.get(batch);
  }

  /** Follows every donation, all threads and this one together. */
  async walk(state: LedgerState, onProgress: Step): Promise<PlacesLaw> {
    const { funds, programmes, batches } = state;
    const books = { funds, programmes, batches };
    const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const others = this.#threads.map((thread) => thread.places(books, next));
    const parts = Promise.all(others);
    // Where a thread fails before it is waited for.
    parts.catch(() => {});
    const law = walkPlaces(books, next, (batch) => onProgress(batch + 1, batches.length));
    for (const part of await parts) law.take(part);
    return law;
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #start(): void {
    for (let at = 0; at < this.#most; at += 1) {
      this.#threads.push(new Thread((batch, seal) => this.#seals.set(batch, seal)));
    }
  }
}
