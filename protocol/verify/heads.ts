/** The history step: what was once the head of this chain is in it still. */
import type { DonationPlace, NotedHead, ReceiptHead } from "../receipt/types.ts";
import type { LedgerReader, Node } from "./ports.ts";
import { Failed, Unanswered, type FailureKind } from "./steps.ts";

const expectIn = async (node: Node, head: NotedHead, kind: FailureKind): Promise<ReceiptHead> => {
  const block = await node.block(head.number);
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
  await expectIn(node, head, "receiptHeadRewritten");
  if (remembered !== undefined) await expectIn(node, remembered, "rememberedHeadRewritten");
  if (notedHead === undefined) return;
  const notes = await ledger.notesOf(notedHead.number);
  if (!notes.some(({ event }) => event.blockHash === notedHead.hash)) {
    throw new Failed("notedHeadMissing", { block: String(notedHead.number), said: notedHead.hash });
  }
  await expectIn(node, notedHead, "notedHeadRewritten");
};

/** What the gateway answers is of a block of this chain, and not before one that it named already. */
export const checkGatewayHead = async (
  said: NotedHead,
  known: readonly (NotedHead | undefined)[],
  node: Node,
): Promise<void> => {
  const newest = known.reduce((most, head) => Math.max(most, head?.number ?? 0), 0);
  if (said.number < newest) {
    throw new Failed("gatewayHeadOld", { said: String(said.number), known: String(newest) });
  }
  await expectIn(node, said, "gatewayHeadForked");
};
