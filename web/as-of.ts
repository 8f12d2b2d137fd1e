/** Reads for a page that are true of one block. */
import type { Read } from "../protocol/ports/read.ts";
import type { AsOf } from "./visit.ts";

const attempts = 3;

/**
 * Runs `work`, and runs it again where the head moved meanwhile, so that the figures of a page are of one block. On
 * books that move faster than they can be read the page says from which block to which it was read. `work` must
 * only read.
 */
export const atOneBlock = async <Answer>(
  read: Pick<Read, "head">,
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly asOf: AsOf }> => {
  let since = await read.head();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await work();
    const head = await read.head();
    if (head.blockHash === since.blockHash) return { answer, asOf: { head } };
    if (attempt === attempts) return { answer, asOf: { head, since } };
    since = head;
  }
};
