/** Asks a real gateway, over books with something in them, whatever its description lets one think of. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Random } from "../../model/random.ts";
import { openBooks, recorded, type Books } from "../api/books.ts";
import { Description, type Answered, type Operation } from "../api/description.ts";
import { insure } from "../api/insured.ts";
import { at } from "../service.ts";
import { findable, knownOf } from "./known.ts";
import { relayedOf } from "./relayed.ts";
import { agreementOf } from "./replica.ts";
import { Requests, type FuzzRequest } from "./requests.ts";
import { faultOf, Rows, wasAccepted } from "./watch.ts";

export interface FuzzCall {
  readonly seed: number;
  readonly requests: number;
}

export interface HeapAt {
  readonly requests: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export interface FuzzResult extends FuzzCall {
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations of the description whose every request was refused before the books were looked at. */
  readonly notReached: readonly string[];
  /** Those that did what they are there for at none of their requests. */
  readonly notTaken: readonly string[];
  /** After a garbage collection. */
  readonly heap: readonly HeapAt[];
  readonly slowestMs: number;
  /** The first ones, each with the request that showed it. */
  readonly faults: readonly string[];
}

/** Whoever waits longer for an answer was forgotten. */
const hangMs = 20_000;
const faultsKept = 20;
/** By then every route was compiled and every cache is warm; half of the requests where there are few. */
const warmRequests = 2_000;

const collectGarbage = (): (() => void) => {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("this Node does not collect garbage on demand");
  return () => void Reflect.apply(collect, undefined, []);
};

const heapAt = (requests: number, collect: () => void): HeapAt => {
  for (let round = 0; round < 3; round += 1) collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { requests, heapBytes: heapUsed, residentBytes: rss };
};

/** Whoever asks from one address is refused sooner or later: the limits are tried elsewhere, so here many ask. */
const addresses = 250;

/** Statuses that only somebody answers who has looked at the books. */
const ofBooks: readonly number[] = [200, 201, 202, 204, 409, 422];

/** They act on what waits for its block, and here nothing waits that long. */
export const ofWaiting: readonly string[] = ["suspend", "resume", "cancel"].map(
  (act) => `POST /v1/operations/{id}/${act}`,
);

class Fuzz {
  readonly #books: Books;
  readonly #requests: Requests;
  readonly #description: Description;
  readonly #random: Random;
  readonly #rows: Rows;
  readonly #statuses = new Map<string, number>();
  readonly #reached = new Set<string>();
  readonly #taken = new Set<string>();
  #asked = 0;
  readonly #faults: string[] = [];
  #slowestMs = 0;

  private constructor(books: Books, requests: Requests, description: Description, random: Random) {
    this.#books = books;
    this.#requests = requests;
    this.#description = description;
    this.#random = random;
    this.#rows = new Rows(books.service.folder);
  }

  static async open(seed: number): Promise<Fuzz> {
    const books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "10000" });
    const insured = await insure(books);
    const keys = [];
    for (let made = 0; made < 10; made += 1)
      keys.push((await books.service.post("/v1/keys", { roles: ["relay"] })).body);
    const agreement = await agreementOf(books.service);
    await books.service.post("/v1/replicas", { replica: agreement.replica });
    recorded(await books.service.post("/v1/donations", { donations: findable(books) }));
    const [relay, ...others] = keys;
    const random = new Random(seed);
    const known = knownOf(
      books,
      insured,
      others.map((key) => String(at(key, "id"))),
      agreement,
      await relayedOf(books.service),
    );
    const requests = new Requests(random, known, {
      admin: books.service.key,
      relay: String(at(relay, "key")),
    });
    return new Fuzz(books, requests, await Description.of(books.service), random);
  }

  async close(): Promise<void> {
    this.#rows.close();
    await this.#books.service.close();
  }

  async run({ seed, requests }: FuzzCall): Promise<FuzzResult> {
    const collect = collectGarbage();
    const heap: HeapAt[] = [];
    const warm = Math.min(warmRequests, Math.ceil(requests / 2));
    for (let count = 1; count <= requests; count += 1) {
      await this.#ask(this.#requests.of(this.#operation()));
      if (count === warm || count === requests) {
        await this.#books.service.gateway.sender.whenIdle();
        heap.push(heapAt(count, collect));
      }
    }
    return {
      seed,
      requests,
      statuses: Object.fromEntries(this.#statuses),
      notReached: this.#without(this.#reached),
      notTaken: this.#without(this.#taken),
      heap,
      slowestMs: Math.round(this.#slowestMs),
      faults: this.#faults,
    };
  }

  #without(names: ReadonlySet<string>): readonly string[] {
    return this.#description.operations.flatMap(({ name }) => (names.has(name) ? [] : [name]));
  }

  /**
   * Any of them, but those that write half as often: what is recorded takes the disk and the chain. And those that took
   * nothing yet more often.
   */
  #operation(): Operation {
    const { operations } = this.#description;
    const left = operations.filter(({ name }) =>
      ofWaiting.includes(name) ? !this.#reached.has(name) : !this.#taken.has(name),
    );
    if (left.length > 0 && this.#random.chance(3)) return this.#random.pick(left);
    const drawn = this.#random.pick(operations);
    return drawn.method !== "GET" && this.#random.chance(2) ? this.#random.pick(operations) : drawn;
  }

  async #ask(request: FuzzRequest): Promise<void> {
    const before = this.#rows.counts();
    const begunMs = performance.now();
    const answered = await this.#answer(request);
    if (answered === undefined) return this.#note(request, "no answer");
    this.#slowestMs = Math.max(this.#slowestMs, performance.now() - begunMs);
    this.#statuses.set(String(answered.status), (this.#statuses.get(String(answered.status)) ?? 0) + 1);
    if (ofBooks.includes(answered.status)) this.#reached.add(request.operation);
    if (answered.status < 300 && request.isOfOperation) this.#taken.add(request.operation);
    const fault = faultOf(this.#description, request, answered);
    if (fault !== undefined) this.#note(request, fault);
    if (answered.status < 400 || wasAccepted(answered)) return;
    const grown = this.#rows.grown(before);
    if (grown.length > 0) this.#note(request, `${answered.status}, and yet recorded: ${grown.join(", ")}`);
  }

  async #answer({ method, url, headers, body }: FuzzRequest): Promise<Answered | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const forgotten = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), hangMs);
    });
    const { app } = this.#books.service;
    const remoteAddress = `198.51.100.${(this.#asked += 1) % addresses}`;
    const asked = app.inject({
      method,
      url,
      headers,
      remoteAddress,
      ...(body === undefined ? {} : { payload: body }),
    });
    const response = await Promise.race([asked, forgotten]);
    clearTimeout(timer);
    if (response === undefined) return undefined;
    const isJson = /^application\/(problem\+)?json\b/.test(String(response.headers["content-type"]));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.payload === "" ? undefined : isJson ? JSON.parse(response.payload) : response.payload,
    };
  }

  #note({ method, url, headers, body }: FuzzRequest, fault: string): void {
    if (this.#faults.length >= faultsKept) return;
    const { authorization: _, ...shown } = headers;
    this.#faults.push(
      `${fault}: ${method} ${url.slice(0, 300)} ${JSON.stringify(shown)} ${body?.toString().slice(0, 600) ?? ""}`,
    );
  }
}

export const runFuzz = async (call: FuzzCall): Promise<FuzzResult> => {
  const fuzz = await Fuzz.open(call.seed);
  try {
    return await fuzz.run(call);
  } finally {
    await fuzz.close();
  }
};
