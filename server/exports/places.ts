/** Places for exports under way: few altogether, since each digests and reads, and fewer for one address. */
import { networkOf } from "../access/windows.ts";
import { ProblemError } from "../problems.ts";

/** Exports under way at once; a slow reader keeps its place. */
const places = 8;
/** Of one address: who reads slowly on purpose keeps nobody else out. */
const placesOfOne = 2;
const retryAfterSeconds = 10;

export class Places {
  readonly #taken = new Map<string, number>();

  /** Takes a place; answers what gives it back, once. Throws a problem where there is none. */
  take(askedFrom: string): () => void {
    const network = networkOf(askedFrom);
    const own = this.#taken.get(network) ?? 0;
    if (own >= placesOfOne) {
      throw new ProblemError(
        "too-many-requests",
        `${placesOfOne} exports are being sent to your address; ask again once one is read`,
        { retryAfterSeconds },
      );
    }
    const all = [...this.#taken.values()].reduce((sum, count) => sum + count, 0);
    if (all >= places) {
      throw new ProblemError("unavailable", `${places} exports are being read; ask again`, {
        retryAfterSeconds,
      });
    }
    this.#taken.set(network, own + 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.#giveBack(network);
      isTaken = false;
    };
  }

  #giveBack(network: string): void {
    const left = (this.#taken.get(network) ?? 1) - 1;
    if (left === 0) this.#taken.delete(network);
    else this.#taken.set(network, left);
  }
}
