/**
 * The queue of a programme's payable claims, ascending by queue number. The head leaves at no cost; a claim that is
 * held or comes back is found by halving.
 */
import type { ClaimId } from "../ids.ts";
import type { Queue, QueuePlace } from "./records.ts";

/** Paid places are dropped in lots of this many at least, and only when they are half of the list. */
const compactFrom = 1024;

export const emptyQueue = (): Queue => ({ places: [], head: 0 });

/** The claim that is paid next. */
export const headOf = ({ places, head }: Queue): QueuePlace | undefined => places[head];

/** Where a queue number stands or would stand. */
const indexOf = ({ places, head }: Queue, queueNumber: number): number => {
  let [low, high] = [head, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle]?.queueNumber ?? 0) < queueNumber) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Puts a claim at its place by queue number. */
export const joinQueue = (queue: Queue, place: QueuePlace): void => {
  const index = indexOf(queue, place.queueNumber);
  if (index === queue.head && queue.head > 0) {
    queue.head -= 1;
    queue.places[queue.head] = place;
  } else queue.places.splice(index, 0, place);
};

/** Takes out the claim of a queue number, which is in the queue. */
export const leaveQueue = (queue: Queue, queueNumber: number): void => {
  const index = indexOf(queue, queueNumber);
  if (index > queue.head) {
    queue.places.splice(index, 1);
    return;
  }
  queue.head += 1;
  if (queue.head < compactFrom || queue.head * 2 < queue.places.length) return;
  queue.places.splice(0, queue.head);
  queue.head = 0;
};

/** The claims that wait, in the order in which they will be paid. */
export const waitingIn = ({ places, head }: Queue): readonly ClaimId[] =>
  places.slice(head).map(({ claim }) => claim);
