/** How far a long step has come: a bar that is redrawn on a terminal, a line at every tenth elsewhere. */

export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const barCells = 30;

export class Progress {
  readonly #stream: ProgressStream;
  readonly #label: string;
  readonly #unit: string;
  readonly #total: number;
  #done = 0;
  #shownPercent = -1;

  constructor(stream: ProgressStream, label: string, total: number, unit: string) {
    this.#stream = stream;
    this.#label = label;
    this.#total = total;
    this.#unit = unit;
    this.#show();
  }

  advance(count: number): void {
    this.#done = Math.min(this.#done + count, this.#total);
    this.#show();
  }

  /** Ends the bar's line, wherever it stands. */
  end(): void {
    if (this.#stream.isTTY === true) this.#stream.write("\n");
  }

  #show(): void {
    const percent = this.#total === 0 ? 100 : Math.floor((this.#done / this.#total) * 100);
    const step = this.#stream.isTTY === true ? 1 : 10;
    if (Math.floor(percent / step) === Math.floor(this.#shownPercent / step)) return;
    this.#shownPercent = percent;
    const counted = `${this.#done} of ${this.#total} ${this.#unit}`;
    if (this.#stream.isTTY !== true) {
      this.#stream.write(`${this.#label}: ${percent} %, ${counted}\n`);
      return;
    }
    const filled = Math.round((percent / 100) * barCells);
    const bar = `${"█".repeat(filled)}${"░".repeat(barCells - filled)}`;
    this.#stream.write(`\r${this.#label} ${bar} ${String(percent).padStart(3)} % ${counted}`);
  }
}
