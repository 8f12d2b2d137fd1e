/** The history step: what was once the head of this chain is in it still. */
import type { DonationPlace, NotedHead, ReceiptHead } from "../receipt/types.ts";
import type { LedgerReader, Node } from "./ports.ts";
import { Failed, Unanswered, type FailureKind } from "./steps.ts";

/** The block, which is the head that was named. */
const expectIn = (block: ReceiptHead | undefined, head: NotedHead, kind: FailureKind): ReceiptHead => {
  if (block === undefined) throw new Unanswered("behind", String(head.number));
  if (block.hash !== head.hash) {
    throw new Failed(kind, { block: String(head.number), chain: block.hash, said: head.hash });
  }
  return block;
};

/** The receipt's own block, the note that stands on it, and the head that this device saw last. */
export const checkHistory = async (
  { head, notedHead }: DonationPlace,
  remembered: NotedHead | undefined,
  node: Node,
  ledger: LedgerReader,
): Promise<void> => {
  const blockOf = async (one: NotedHead | undefined) =>
    one === undefined ? undefined : node.block(one.number);
  const [own, seen, noted, notes] = await Promise.all([
    blockOf(head),
    blockOf(remembered),
    blockOf(notedHead),
    notedHead === undefined ? [] : ledger.notesOf(notedHead.number),
  ]);
  expectIn(own, head, "receiptHeadRewritten");
  if (remembered !== undefined) expectIn(seen, remembered, "rememberedHeadRewritten");
  if (notedHead === undefined) return;
  if (!notes.some(({ event }) => event.blockHash === notedHead.hash)) {
    throw new Failed("notedHeadMissing", { block: String(notedHead.number), said: notedHead.hash });
  }
  expectIn(noted, notedHead, "notedHeadRewritten");
};

/** Gateways that share their books, and a node that is asked beside one, are seldom further apart. */
const lagSeconds = 600;

/**
 * What the gateway answers is of a block of this chain, which is answered, and not long before one that it named
 * already. A newer head that the chain does not have accuses nobody here: {@link checkHistory} says what it is.
 */
export const checkGatewayHead = async (
  said: NotedHead,
  known: readonly (NotedHead | undefined)[],
  node: Node,
): Promise<ReceiptHead> => {
  const at = await node.block(said.number);
  for (const head of known) {
    if (at === undefined || head === undefined || head.number <= at.number) continue;
    const newer = await node.block(head.number);
    if (newer?.hash === head.hash && newer.time > at.time + lagSeconds) {
      throw new Failed("gatewayHeadOld", { said: String(at.number), known: String(newer.number) });
    }
  }
  return expectIn(at, said, "gatewayHeadForked");
};
