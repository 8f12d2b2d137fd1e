/**
 * What a client knows: which writes it asked for and what it was answered. From that alone follows what must be on the
 * chain: the deeds of every write that was recorded, once, and nothing else.
 */
import { at, listAt } from "../server/service.ts";
import type { Reply } from "./world.ts";
import type { Write } from "./writes.ts";

/** A promise of the gateway was broken. */
export class BrokenPromise extends Error {
  readonly key: string;
  constructor(key: string, reason: string) {
    super(`${key}: ${reason}`);
    this.name = "BrokenPromise";
    this.key = key;
  }
}

type Outcome = "recorded" | "refused";

interface Known {
  readonly write: Write;
  /** Ids in the order of the first answer; absent while no answer came. */
  operations?: readonly string[];
  /** What each operation was seen to have become, with its records. */
  readonly seen: Map<string, { readonly outcome: Outcome; readonly records: string }>;
}

const problemCode = (body: unknown): string => String(at(body, "type")).replace("urn:everyfen:problem:", "");

export class Model {
  readonly #known = new Map<string, Known>();
  /** Answers that were repeated. */
  repeated = 0;
  lost = 0;

  get writes(): readonly Write[] {
    return [...this.#known.values()].map(({ write }) => write);
  }

  isAcknowledged(key: string): boolean {
    return this.#known.get(key)?.operations !== undefined;
  }

  get acknowledged(): number {
    return this.writes.filter(({ key }) => this.isAcknowledged(key)).length;
  }

  asked(write: Write): void {
    if (this.#known.has(write.key)) this.repeated += 1;
    else this.#known.set(write.key, { write, seen: new Map() });
  }

  /** Takes an answer in. `mayFail` where the disk was full. Throws {@link BrokenPromise}. */
  answered(write: Write, reply: Reply, mayFail: boolean): void {
    const known = this.#of(write.key);
    if (reply === "lost") {
      this.lost += 1;
      return;
    }
    const { status, body } = reply;
    if (status === 201 || status === 202) return this.#accepted(known, body);
    if (status === 409 && problemCode(body) === "refused-by-ledger") return this.#refused(known, body);
    if (status === 503 || (status === 500 && mayFail)) return;
    // Another of the same is not answered yet, acknowledged before or not.
    if (status === 409 && problemCode(body) === "under-way") return;
    if (status >= 500) throw new BrokenPromise(write.key, `answered ${status}`);
    if (known.operations !== undefined) {
      throw new BrokenPromise(
        write.key,
        `was acknowledged, and is answered ${status} ${problemCode(body)} now`,
      );
    }
  }

  /** What an operation is now. Throws {@link BrokenPromise} where it was something else before. */
  became(write: Write, operation: string, state: unknown, records: unknown): void {
    const known = this.#of(write.key);
    if (state !== "recorded" && state !== "refused") {
      throw new BrokenPromise(write.key, `operation ${operation} is ${String(state)}`);
    }
    const now = { outcome: state, records: JSON.stringify(records) } as const;
    const before = known.seen.get(operation);
    if (before !== undefined && (before.outcome !== now.outcome || before.records !== now.records)) {
      throw new BrokenPromise(
        write.key,
        `was ${before.outcome} ${before.records}, is ${state} ${now.records}`,
      );
    }
    known.seen.set(operation, now);
  }

  operationsOf(write: Write): readonly string[] {
    return this.#of(write.key).operations ?? [];
  }

  /** The deeds that must be on the chain. Throws {@link BrokenPromise} where a gift would be there twice. */
  deeds(): readonly string[] {
    const numbers = new Set<string>();
    return [...this.#known.values()].flatMap((known) => {
      const { write, operations = [] } = known;
      const isOneEach = operations.length === write.deeds.length;
      const deeds = operations.flatMap((operation, index) => {
        if (known.seen.get(operation)?.outcome !== "recorded") return [];
        return isOneEach ? write.deeds.slice(index, index + 1) : write.deeds;
      });
      for (const number of deeds.length === 0 ? [] : write.numbers) {
        if (numbers.has(number))
          throw new BrokenPromise(write.key, `records payment ${number} a second time`);
        numbers.add(number);
      }
      return deeds;
    });
  }

  get refused(): number {
    return [...this.#known.values()].filter(({ seen }) =>
      [...seen.values()].some(({ outcome }) => outcome === "refused"),
    ).length;
  }

  #accepted(known: Known, body: unknown): void {
    const operations = listAt(body, "operations");
    this.#same(
      known,
      operations.map((operation) => String(at(operation, "operation"))),
    );
    for (const operation of operations) {
      const state = at(operation, "state");
      if (state === "accepted") continue;
      this.became(known.write, String(at(operation, "operation")), state, at(operation, "records"));
    }
  }

  /** Of several operations only those that were refused are named. */
  #refused(known: Known, body: unknown): void {
    for (const error of listAt(body, "errors")) {
      this.became(known.write, String(at(error, "field")), "refused", []);
    }
  }

  #same(known: Known, operations: readonly string[]): void {
    known.operations ??= operations;
    if (known.operations.join() === operations.join()) return;
    throw new BrokenPromise(
      known.write.key,
      `was operation ${known.operations.join()}, is ${operations.join()}`,
    );
  }

  #of(key: string): Known {
    const known = this.#known.get(key);
    if (known === undefined) throw new BrokenPromise(key, "was never asked for");
    return known;
  }
}
