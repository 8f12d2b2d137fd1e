/** Threads that compute the leaves of records, which is most of a roster's work. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";

const maxThreads = 8;

interface Waiting {
  readonly resolve: (records: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread and the answers it owes, in the order they were asked for. */
class LeafWorker {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: unknown;

  constructor(of: RosterPeriod) {
    this.#worker = new Worker(new URL("./leaf-worker.ts", import.meta.url), { workerData: { ...of } });
    this.#worker.on("message", (records: unknown) => {
      if (records instanceof Uint8Array) this.#waiting.shift()?.resolve(records);
      else this.#fail(new TypeError("records were expected"));
    });
    this.#worker.on("error", (error) => this.#fail(error));
  }

  compute(records: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(records, [records.buffer]);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

export class LeafWorkers {
  readonly #workers: readonly LeafWorker[];
  #next = 0;

  constructor(of: RosterPeriod, threads = Math.min(maxThreads, availableParallelism())) {
    this.#workers = Array.from({ length: threads }, () => new LeafWorker(of));
  }

  /** How many buffers are worth having under way at once. */
  get depth(): number {
    return 8 * this.#workers.length;
  }

  /** Answers the records with their leaves; the buffer given is gone. */
  compute(records: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    const worker = this.#workers[this.#next % this.#workers.length];
    this.#next += 1;
    if (worker === undefined) throw new RangeError("at least one thread is needed");
    return worker.compute(records);
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.end()));
  }
}
