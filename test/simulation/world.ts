/**
 * A gateway that can be ended like a process: at any moment its folder is copied as it is on disk, and from then on
 * nothing that the ended one says or does counts. The next one starts on the copy.
 */
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { ClaimView } from "../../protocol/ports/views.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import { failureKindOf } from "../../server/chain/node-failures.ts";
import { readConfig } from "../../server/config.ts";
import { beginGateway, type Gateway } from "../../server/gateway.ts";
import type { Step } from "../../server/outbox/line.ts";
import { deriveKeysOnce } from "./derived-keys.ts";
import { disk } from "./disk.ts";
import { Front } from "./front.ts";
import { describe, within } from "./patience.ts";
import type { Lines, Surroundings } from "./surroundings.ts";

export interface Request {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `lost`: the gateway ended before its answer got out. */
export type Reply = { readonly status: number; readonly body: unknown } | "lost";

/** When the gateway is to be killed: at the n-th time of a step, or after n turns of the event loop. */
export type Kill =
  { readonly at: Step; readonly times: number } | { readonly at: "turn"; readonly times: number };

/** What the copy finds beside what was synced. */
export interface Leftover {
  /** Bytes of a write that was torn, behind the log of the outbox. */
  readonly torn: Uint8Array;
  /** The index is disposable; it may be gone. */
  readonly withoutIndex: boolean;
}

interface Life {
  readonly folder: string;
  readonly ended: Promise<"lost">;
  readonly end: () => void;
  lines: Lines | undefined;
  gateway: Gateway | undefined;
  isOver: boolean;
  next: string;
}

deriveKeysOnce();

const notCopied = /^(lock(\.pid)?|.*-shm|.*\.new)$/;

export class World {
  readonly #root = mkdtempSync(join(tmpdir(), "everyfen-simulation-"));
  readonly #key: string;
  readonly #now: () => UnixSeconds;
  readonly #surroundings: Surroundings;
  #names = 0;
  #life: Life;
  #front: Front | undefined;
  #kill: Kill | undefined;
  #left = 0;
  /** Why the last life ended by itself; undefined where it was killed. */
  #failure: unknown;

  constructor(template: string, key: string, now: () => UnixSeconds, surroundings: Surroundings) {
    this.#key = key;
    this.#now = now;
    this.#surroundings = surroundings;
    this.#life = this.#newLife(this.#newFolder());
    this.#copy(template, this.#life.folder);
  }

  get gateway(): Gateway {
    const { gateway } = this.#life;
    if (gateway === undefined) throw new Error("the gateway is not open");
    return gateway;
  }

  get isOver(): boolean {
    return this.#life.isOver;
  }

  /** Arms a kill; it waits until it is reached, also over a start. */
  arm(kill: Kill): void {
    this.#kill = kill;
    this.#left = kill.times;
    if (kill.at === "turn") void this.#countTurns(this.#life);
  }

  disarm(): void {
    this.#kill = undefined;
  }

  /** Opens the gateway on its folder, and again where it is killed while it starts. Answers the starts it took. */
  async start(leftover: () => Leftover): Promise<number> {
    for (let starts = 1; ; starts += 1) {
      if (this.#life.isOver) await this.#bury(leftover());
      await this.#open();
      if (!this.#life.isOver) return starts;
    }
  }

  async ask({ method, url, body, headers }: Request): Promise<Reply> {
    const life = this.#life;
    if (this.#front === undefined || life.isOver) return "lost";
    const answered = this.#front
      .inject({
        method,
        url,
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        headers: {
          authorization: `Bearer ${this.#key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
      })
      .then(
        ({ statusCode, payload }): Reply => ({
          status: statusCode,
          body: payload === "" ? undefined : JSON.parse(payload),
        }),
        (): Reply => "lost",
      );
    const reply = await Promise.race([answered, life.ended]);
    return life.isOver ? "lost" : reply;
  }

  /** Claims as it shows them; none where it ends meanwhile. */
  async claims(): Promise<readonly ClaimView[]> {
    const life = this.#life;
    try {
      return (await this.gateway.read.claims({}, { limit: 100 })).items;
    } catch (error) {
      if (!life.isOver) throw error;
      return [];
    }
  }

  /** Ends it in order, as SIGTERM does. */
  async stop(): Promise<void> {
    const life = this.#life;
    const { gateway } = life;
    if (gateway !== undefined) await within(gateway.close(), async () => "an end in order hangs");
    this.#end(life);
  }

  /** Throws what made the last life end by itself, where that was not foreseen. */
  throwUnforeseen(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure === undefined) return;
    if (failure instanceof Error && "errcode" in failure && failure.errcode === 13) return;
    throw failure;
  }

  async close(): Promise<void> {
    this.disarm();
    disk.makeRoom();
    await this.#close(this.#life);
    this.#front?.release();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #newFolder(): string {
    const path = join(this.#root, String((this.#names += 1)));
    mkdirSync(path, { mode: 0o700 });
    return path;
  }

  #newLife(folder: string): Life {
    let end = (): void => {};
    const ended = new Promise<"lost">((resolve) => (end = () => resolve("lost")));
    return { folder, ended, end, lines: undefined, gateway: undefined, isOver: false, next: "" };
  }

  #copy(from: string, to: string): void {
    for (const name of readdirSync(from).filter((each) => !notCopied.test(each))) {
      cpSync(join(from, name), join(to, name));
    }
  }

  async #open(): Promise<void> {
    const life = this.#life;
    life.lines = await this.#surroundings.connect();
    const config = readConfig({
      DATA_DIR: life.folder,
      KEYSTORE_PASSWORD: "invented password",
      REQUESTS_PER_MINUTE: "1000000",
      RPC_REQUESTS_PER_MINUTE: "1000000",
      GIFT_LOOKUPS_PER_MINUTE: "1000",
      // All gateways and their clients share one process here.
      LAG_LIMIT_MS: "60000",
      ...life.lines.environment,
    });
    try {
      const begun = await beginGateway({
        config,
        log: { info: () => {}, error: () => {} },
        clock: { kind: "system", now: this.#now },
        onFailure: (error) => this.#fail(life, error),
        onStep: (step) => this.#reached(life, step),
      });
      life.gateway = begun;
      const started = Promise.race([begun.ready, life.ended]);
      await within(started, async () => `a start hangs: ${await describe(begun)}`);
      if (this.#front === undefined) this.#front = await Front.take(begun, config);
      else this.#front.gateway = begun;
    } catch (error) {
      // A node that does not answer ends a start; whoever runs the gateway starts it again.
      if (failureKindOf(causeOf(error)) !== undefined) this.#end(life);
      else this.#fail(life, error);
    }
  }

  #fail(life: Life, error: unknown): void {
    if (life.isOver) return;
    this.#failure = causeOf(error);
    this.#end(life);
  }

  #reached(life: Life, step: Step): void {
    if (life.isOver || this.#kill?.at !== step) return;
    this.#left -= 1;
    if (this.#left > 0) return;
    this.#kill = undefined;
    this.#end(life);
  }

  async #countTurns(life: Life): Promise<void> {
    for (let turn = this.#left; turn > 0 && !life.isOver; turn -= 1) await setImmediate();
    if (this.#kill?.at !== "turn" || life.isOver) return;
    this.#kill = undefined;
    this.#end(life);
  }

  /** At once, without anything in between: what is on disk now is what the next life finds. */
  #end(life: Life): void {
    if (life.isOver) return;
    life.isOver = true;
    life.lines?.cut();
    life.next = this.#newFolder();
    this.#copy(life.folder, life.next);
    life.end();
  }

  async #bury({ torn, withoutIndex }: Leftover): Promise<void> {
    const { next } = this.#life;
    disk.makeRoom();
    await this.#close(this.#life);
    const log = join(next, "outbox.db-wal");
    if (torn.length > 0 && existsSync(log)) appendFileSync(log, torn);
    if (withoutIndex) {
      for (const end of ["", "-wal"]) rmSync(join(next, `index.db${end}`), { force: true });
    }
    this.throwUnforeseen();
    this.#life = this.#newLife(next);
  }

  /** Whatever an ended gateway still does happens in its own folder, and is thrown away. */
  async #close(life: Life): Promise<void> {
    life.isOver = true;
    life.end();
    const { gateway } = life;
    if (gateway !== undefined) {
      await within(
        gateway.close().catch(() => {}),
        async () => "an ended gateway does not close",
      );
    }
    await life.lines?.close();
    rmSync(life.folder, { recursive: true, force: true });
  }
}

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : error;
