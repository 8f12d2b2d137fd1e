/** The wire form of the chain's stream. The same schemas check what a replica is given. */
import { Type, type Static } from "typebox";
import { formatInstant } from "../../protocol/calendar.ts";
import type { BlocksPage, ChainPage, TransactionsPage } from "../heads/stream.ts";
import { closed, Digest, Hex } from "./common.ts";

const Account = Type.String({ pattern: "^0x[0-9a-f]{40}$" });
export const BlockNumber = Type.Integer({ minimum: 0, maximum: 4_294_967_295 });
export const SignatureWire = Type.String({
  pattern: "^0x[0-9a-f]{130}$",
  description: "EIP-191 over the text of docs/verify.md.",
});

const Named = Type.Object({ block: BlockNumber, hash: Digest }, closed);
export const SignedBlockWire = Type.Object(
  { block: BlockNumber, hash: Digest, signature: SignatureWire },
  closed,
);

const BlockWire = Type.Object(
  {
    block: BlockNumber,
    hash: Digest,
    timestamp: Type.Integer({ minimum: 0, description: "Seconds since 1970: the block's hash binds them." }),
    time: Type.String({ description: "The same in words." }),
    transactions: Type.Array(
      Type.Object({ hash: Digest, raw: Hex }, { ...closed, description: "Signed bytes, in their order." }),
    ),
  },
  closed,
);

export const BlocksWire = Type.Object(
  {
    kind: Type.Literal("embedded"),
    chainId: Type.Integer(),
    genesis: Digest,
    ledger: Account,
    rules: Type.String({ maxLength: 60, description: "What makes these blocks of these transactions." }),
    headKey: Account,
    after: Named,
    blocks: Type.Array(BlockWire),
    head: SignedBlockWire,
    newest: SignedBlockWire,
  },
  {
    ...closed,
    description:
      "The embedded chain: blocks after `after`, with the operator's signature under the last of them and under the newest.",
  },
);

const AttemptWire = Type.Object(
  {
    signer: Account,
    nonce: Type.Integer(),
    transaction: Type.Object({ hash: Digest, block: BlockNumber, blockHash: Digest }, closed),
    versions: Type.Array(Type.Object({ hash: Digest, raw: Hex }, closed), {
      description: "All that was signed under this nonce, oldest first; one of them is in the block.",
    }),
  },
  closed,
);

export const TransactionsWire = Type.Object(
  {
    kind: Type.Literal("outside"),
    chainId: Type.Integer(),
    genesis: Digest,
    ledger: Account,
    transactions: Type.Array(AttemptWire),
    next: Type.Optional(Type.Integer({ description: "`after` of the next page; absent on the last." })),
  },
  {
    ...closed,
    description:
      "A chain that others make: follow it at a node of its own. Here is what this gateway signed, replaced attempts too.",
  },
);

export const ChainWire = Type.Union([BlocksWire, TransactionsWire]);

const blocks = ({ identity, ...page }: BlocksPage): Static<typeof BlocksWire> => ({
  kind: page.kind,
  ...identity,
  headKey: page.headKey,
  after: page.after,
  blocks: page.blocks.map(({ number, hash, time, transactions }) => ({
    block: number,
    hash,
    timestamp: time,
    time: formatInstant(time),
    transactions: transactions.map((transaction) => ({ hash: transaction.hash, raw: transaction.raw })),
  })),
  head: page.head,
  newest: page.newest,
});

const transactions = (page: TransactionsPage): Static<typeof TransactionsWire> => ({
  kind: page.kind,
  chainId: page.chainId,
  genesis: page.genesis,
  ledger: page.ledger,
  transactions: page.attempts.map(({ signer, nonce, versions, transaction, blockNumber, blockHash }) => ({
    signer,
    nonce,
    transaction: { hash: transaction, block: blockNumber, blockHash },
    versions: versions.map(({ hash, raw }) => ({ hash, raw })),
  })),
  ...(page.next === undefined ? {} : { next: page.next }),
});

export const chainPage = (page: ChainPage): Static<typeof ChainWire> =>
  page.kind === "embedded" ? blocks(page) : transactions(page);
