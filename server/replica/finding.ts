/** What a replica finds wrong, each named as what it is, in words for whoever runs it. */
import type { Contradiction } from "../heads/contradiction.ts";

export const findingKinds = [
  /** The operator signed two histories; whoever has the evidence needs nobody's word. */
  "rewritten",
  /** The chain is shorter than what its operator signed before. */
  "withdrawn",
  /** Two parts of one answer do not go together. */
  "inconsistent",
  /** The answer is not in the form of the stream. */
  "unreadable",
  "tooLong",
  "otherChain",
  "otherGenesis",
  "otherLedger",
  "otherRules",
  "otherHeadKey",
  /** A head is not signed by the head key. */
  "unsignedPage",
  "unsignedNewest",
  /** What is signed is not the page's last block. */
  "signedOther",
  /** The page follows another block than was asked for. */
  "gap",
  "disorder",
  /** There is more, and it is not shown. */
  "withheld",
  "unreadableTransaction",
  /** The bytes are not those of the hash beside them. */
  "otherBytes",
  "foreignTransaction",
  "leftOut",
  "swapped",
  "repeated",
  "timeBackwards",
  /** The chain does not take what the block holds. */
  "refused",
  /** What the block holds makes another block. */
  "differs",
] as const;

/** What is found only where the chain is made by others. */
const outsideKinds = [
  /** The transaction is not of the account and number that it is shown under. */
  "otherAccount",
  /** What was shown as final is in another block now, or another version of it is. */
  "otherBlock",
  /** The node that was asked has not what the operator says is there. */
  "notInNode",
] as const;
export type FindingKind = (typeof findingKinds)[number] | (typeof outsideKinds)[number];

/** Where it was seen, and what it can be shown with. */
export interface Seen {
  readonly block?: number;
  readonly evidence?: readonly Contradiction[];
}

export class Finding extends Error {
  readonly kind: FindingKind;
  readonly block: number | undefined;
  readonly evidence: readonly Contradiction[];
  constructor(kind: FindingKind, words: string, { block, evidence = [] }: Seen = {}) {
    super(words);
    this.name = "Finding";
    this.kind = kind;
    this.block = block;
    this.evidence = evidence;
  }
}
