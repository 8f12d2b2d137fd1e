/** How far a long step has come: a line every few seconds, none where a step is over before. */

export interface ProgressStream {
  write(text: string): unknown;
}

export type Step = (done: number, total?: number) => void;

const betweenMs = 2_000;

export class Progress {
  readonly #stream: ProgressStream;
  readonly #nowMs: () => number;
  #lastMs: number;

  constructor(stream: ProgressStream, nowMs: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#nowMs = nowMs;
    this.#lastMs = nowMs();
  }

  /** To be called as often as one likes. */
  step(what: string): Step {
    return (done, total) => {
      const nowMs = this.#nowMs();
      if (nowMs - this.#lastMs < betweenMs) return;
      this.#lastMs = nowMs;
      const of = total === undefined ? "" : ` of ${total.toLocaleString("en-US")}`;
      this.#stream.write(`${what}: ${done.toLocaleString("en-US")}${of}\n`);
    };
  }
}
