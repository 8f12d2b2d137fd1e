/** What an audit checks: a stable id for each, its title, and whose word is held against whose. */

export interface CheckWords {
  /** What holds where nothing is found. */
  readonly title: string;
  /** What was counted, such as `events`. */
  readonly unit: string;
  /** Whose word `expected` is, and whose `actual`. */
  readonly expectedBy: string;
  readonly actualBy: string;
}

const byRules = { expectedBy: "the rules say", actualBy: "the log says" } as const;
const byChain = { expectedBy: "the chain says", actualBy: "the gateway says" } as const;
const byStorage = { expectedBy: "the logs say", actualBy: "the ledger's storage says" } as const;

const law = (title: string): CheckWords => ({
  title,
  unit: "comparisons",
  expectedBy: "the law says",
  actualBy: "the log says",
});

/** In the order of the report. Ids never change; one that is no longer checked is not given to another. */
export const checks = {
  "file.whole": {
    title: "The export is as it was made: head sealed, every row there once and unchanged",
    unit: "rows",
    expectedBy: "expected was",
    actualBy: "the file says",
  },
  "chain.headers": {
    title: "Block headers hash to their own hashes and follow each other",
    unit: "headers",
    expectedBy: "its fields give",
    actualBy: "the node says",
  },
  "chain.logs": {
    title: "Every log is one of the ledger's, stands in its block, and is told once and in order",
    unit: "logs",
    expectedBy: "expected was",
    actualBy: "the node says",
  },
  "chain.receipts": {
    title: "Receipts give the root in their block's header, and hold the logs that were told and no others",
    unit: "blocks",
    expectedBy: "the block's receipts hold",
    actualBy: "the node's list of logs has",
  },
  "records.numbers": {
    title: "Records of each kind are numbered from 1, none missing, none told twice",
    unit: "records",
    expectedBy: "the next is",
    actualBy: "the log says",
  },
  "records.operations": { title: "Every operation landed once", unit: "operations", ...byRules },
  "roles.held": {
    title: "Whoever acted was a registered actor, and held the role for it at that moment",
    unit: "deeds",
    expectedBy: "the grants say",
    actualBy: "the log says",
  },
  replay: {
    title: "Each event follows from those before it by the ledger's rules (L7)",
    unit: "events",
    ...byRules,
  },
  "batches.leaves": { title: "Leaves fit count, sum and order of their batch", unit: "batches", ...byRules },
  "batches.roots": { title: "Every batch root is that of its leaves", unit: "donations", ...byRules },
  "periods.closes": {
    title: "Every close record is what the period's events come to",
    unit: "periods",
    ...byRules,
  },
  "insurers.splits": {
    title: "Every payment and recovery is shared among the insurers of its policy period, to the fen",
    unit: "payments and recoveries",
    ...byRules,
  },
  "rosters.counts": {
    title: "Rosters are of a declared period, numbered and counted",
    unit: "rosters",
    ...byRules,
  },
  "queue.order": { title: "Claims were paid whole and in queue order", unit: "payments", ...byRules },
  L1: law("donated = allocated + unallocated, for every fund"),
  L2: law("claims share + operating share = allocated, the promise kept to within 1 fen"),
  L3: law("opening + allocated + moved in − moved out + recovered − paid = closing = the next opening"),
  L4: law("each fen of each donation has one place; a claim's sources add up to what was paid"),
  L5: law("no position is spent twice or skipped"),
  L6: law("within the cover, approved before paid, three pairs of eyes, queue order"),
  "storage.counters": {
    title: "The logs hold as many records of each kind as the ledger counted (L7)",
    unit: "kinds",
    ...byStorage,
  },
  "storage.totals": {
    title: "Funds, programmes, periods and insurers stand in storage as the logs come to (L7)",
    unit: "records",
    ...byStorage,
  },
  "storage.records": {
    title: "Single records stand in storage as they were logged (L7)",
    unit: "records",
    ...byStorage,
  },
  "traces.contract": {
    title: "The contract traces donations and claims as the protocol does (L8)",
    unit: "traces",
    expectedBy: "the protocol says",
    actualBy: "the contract says",
  },
  "code.ledger": {
    title: "The ledger's code is what the sources of this repository compile to",
    unit: "bytes",
    expectedBy: "the sources give",
    actualBy: "the chain has",
  },
  "code.lens": {
    title: "The lens's code is what the sources of this repository compile to",
    unit: "bytes",
    expectedBy: "the sources give",
    actualBy: "the chain has",
  },
  "gateway.head": {
    title: "The gateway speaks of a block of this chain, and of the newest",
    unit: "blocks",
    ...byChain,
  },
  "gateway.overview": { title: "Summary, funds and programmes", unit: "answers", ...byChain },
  "gateway.laws": { title: "The laws as the gateway shows them", unit: "laws", ...byChain },
  "gateway.periods": { title: "Periods and rosters", unit: "answers", ...byChain },
  "gateway.insurers": {
    title: "Insurers and the settlement statement of each",
    unit: "answers",
    ...byChain,
  },
  "gateway.claims": { title: "Claims and queues", unit: "answers", ...byChain },
  "gateway.flows": {
    title: "Batches, allocations, expenses, recoveries, moves and refunds",
    unit: "answers",
    ...byChain,
  },
  "gateway.settlement": {
    title: "Statistics of settlement, of groups of at least 11 claims alone",
    unit: "answers",
    ...byChain,
  },
  "gateway.statements": {
    title: "Attestations, findings, corrections, settlement days and noted heads",
    unit: "answers",
    ...byChain,
  },
  "gateway.documents": {
    title: "Published documents are those of the digests on the chain",
    unit: "documents",
    ...byChain,
  },
  "gateway.donations": { title: "Donations", unit: "answers", ...byChain },
  "gateway.traces": {
    title: "Traces of donations, sources of claims and payments (L8)",
    unit: "traces",
    ...byChain,
  },
  "gateway.proofs": {
    title: "Proofs of donations lead to their batch's root",
    unit: "proofs",
    ...byChain,
  },
} as const satisfies Readonly<Record<string, CheckWords>>;

export type CheckId = keyof typeof checks;

export const checkIds: readonly CheckId[] = Object.keys(checks).filter((id): id is CheckId =>
  Object.hasOwn(checks, id),
);
