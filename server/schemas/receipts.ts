/**
 * The wire form of receipts and proofs: the very members of the file, in its canonical text, so that what stands under
 * `data` of an answer is the file.
 */
import type { FastifyReply } from "fastify";
import { Type, type Static } from "typebox";
import { canonicalJson, type Json } from "../../protocol/json.ts";
import type { DonationProof, Receipt } from "../../protocol/receipt/types.ts";
import { proofFormat, receiptFormat, receiptVersion } from "../../protocol/receipt/types.ts";
import { proofJson, receiptJson } from "../../protocol/receipt/write.ts";
import { closed, CodeText, Digest, MinorUnits } from "./common.ts";
import { Channel, TransactionNumber } from "./donations.ts";

const BatchOfReceipt = Type.Object(
  {
    batch: Type.Integer(),
    count: Type.Integer(),
    fund: Type.Integer(),
    root: Digest,
    startsAt: Type.String(),
    sum: MinorUnits,
  },
  closed,
);
const PlaceOfReceipt = Type.Object(
  { chainId: Type.Integer(), ledger: Type.String(), lens: Type.String() },
  closed,
);
const HeadOfReceipt = Type.Object(
  {
    hash: Digest,
    number: Type.Integer(),
    time: Type.Integer({ description: "Of the block, in seconds since 1970." }),
  },
  closed,
);
const NotedHeadOfReceipt = Type.Object(
  { hash: Digest, number: Type.Integer() },
  { ...closed, description: "The newest block that somebody noted on the chain itself." },
);
const Siblings = Type.Array(Type.Object({ hash: Digest, sum: MinorUnits }, closed));

export const ProofWire = Type.Object(
  {
    batch: BatchOfReceipt,
    chain: PlaceOfReceipt,
    code: CodeText,
    format: Type.Literal(proofFormat),
    head: HeadOfReceipt,
    index: Type.Integer(),
    leaf: Type.Object({ amount: MinorUnits, commitment: Digest }, closed),
    notedHead: Type.Optional(NotedHeadOfReceipt),
    siblings: Siblings,
    version: Type.Literal(receiptVersion),
  },
  closed,
);

export const ReceiptWire = Type.Object(
  {
    batch: BatchOfReceipt,
    chain: PlaceOfReceipt,
    code: CodeText,
    format: Type.Literal(receiptFormat),
    head: HeadOfReceipt,
    index: Type.Integer(),
    notedHead: Type.Optional(NotedHeadOfReceipt),
    opening: Type.Object(
      {
        amount: MinorUnits,
        channel: Channel,
        occurredAt: Type.String(),
        salt: Digest,
        transactionNumber: TransactionNumber,
      },
      closed,
    ),
    siblings: Siblings,
    version: Type.Literal(receiptVersion),
  },
  closed,
);

export const proof = (view: DonationProof): Static<typeof ProofWire> => proofJson(view);
export const receipt = (view: Receipt): Static<typeof ReceiptWire> => receiptJson(view);

/** The answer, which leaves in its canonical text whatever order its schema has. */
export const inCanonicalText = <Body extends Json>(
  reply: Pick<FastifyReply, "serializer" | "type">,
  body: Body,
): Body => {
  reply.type("application/json; charset=utf-8");
  reply.serializer(() => canonicalJson(body));
  return body;
};
