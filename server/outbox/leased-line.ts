/**
 * Sending where several gateways share an outbox: only the one that holds the lease signs, sends and settles; the others
 * accept writes, which it sends, and look whether it is still there. Whoever takes over starts from the table, as after
 * a restart.
 */
import { failureKindOf } from "../chain/node-failures.ts";
import { StaleLease, type Lease } from "../database/lease.ts";
import { NotPossible } from "./errors.ts";
import type { Line, LineStatus, Turn } from "./line.ts";

export interface LeasedLineOptions {
  readonly lease: Pick<Lease, "hold" | "during" | "token">;
  /** A line that has not been started; its store refuses writes without the lease. */
  readonly line: () => Line;
  /** Between two looks at the lease while another gateway has it. */
  readonly pollMs: number;
  /** The newest block of the chain, for a gateway that does not follow it. */
  readonly height: () => Promise<number>;
  /** For the log: who sends has changed. */
  readonly onNotice: (what: string) => void;
}

export class LeasedLine implements Line {
  readonly #options: LeasedLineOptions;
  /** Present while this gateway sends. */
  #line: Line | undefined;
  /** Of the lease that the line was begun under. */
  #token: number | undefined;

  constructor(options: LeasedLineOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { lease } = this.#options;
    if (await lease.hold()) await lease.during(() => this.#lead());
    else this.#options.onNotice("another gateway sends; this one accepts writes and reads");
  }

  async turn(): Promise<Turn> {
    const { lease, pollMs, onNotice } = this.#options;
    try {
      if (!(await lease.hold())) {
        this.#follow();
        return { again: false, pauseMs: pollMs };
      }
      // Another gateway has sent in between, and nobody told: what this line remembers is out of date.
      if (lease.token !== this.#token) this.#follow();
      return await lease.during(async () => (this.#line ?? (await this.#lead())).turn());
    } catch (error) {
      if (error instanceof StaleLease) {
        this.#follow();
        return { again: false, pauseMs: pollMs };
      }
      // A line that is under way deals with its node itself; one that is starting tries again.
      if (this.#line !== undefined || failureKindOf(error) === undefined) throw error;
      onNotice(`taking over: ${error instanceof Error ? error.message : "the node did not answer"}`);
      return { again: false, pauseMs: pollMs };
    }
  }

  async cancelSigned(operation: string): Promise<void> {
    if (this.#line === undefined) {
      throw new NotPossible(operation, "cancel", "another gateway has signed it; ask that one");
    }
    await this.#line.cancelSigned(operation);
  }

  async status(): Promise<LineStatus> {
    if (this.#line !== undefined) return { ...(await this.#line.status()), sends: true };
    return { line: "published", height: await this.#options.height(), signers: [], sends: false };
  }

  async #lead(): Promise<Line> {
    const line = this.#options.line();
    this.#token = this.#options.lease.token;
    await line.start();
    this.#line = line;
    this.#options.onNotice("this gateway sends");
    return line;
  }

  #follow(): void {
    if (this.#line === undefined) return;
    this.#line = undefined;
    this.#options.onNotice("another gateway has taken over sending");
  }
}
