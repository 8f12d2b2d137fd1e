/** Evidence as a file: whoever is handed it checks it alone, whatever they think of whoever wrote it. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { address, bytes32 } from "../../protocol/ids.ts";
import { isHex } from "../chain/wire.ts";
import type { Hex } from "../chain/port.ts";
import { writeSecret } from "../folder.ts";
import { judge, type Contradiction } from "../heads/contradiction.ts";
import type { SignedBlock } from "../heads/statement.ts";
import { closed, Digest, Hex as HexText } from "../schemas/common.ts";
import { SignedBlockWire } from "../schemas/chain.ts";
import type { Finding } from "./finding.ts";

const format = "everyfen-evidence" as const;
/** Three pairs of the longest transactions, and more. */
const limitBytes = 16 * 1_024 * 1_024;

const Evidence = Type.Object(
  {
    format: Type.Literal(format),
    version: Type.Literal(1),
    /** Told for whoever reads it; only what is under `contradictions` proves anything. */
    words: Type.String({ maxLength: 4_000 }),
    contradictions: Type.Array(
      Type.Union([
        Type.Object(
          {
            proof: Type.Literal("two-heads"),
            chainId: Type.Integer(),
            genesis: Digest,
            ledger: Type.String({ pattern: "^0x[0-9a-f]{40}$" }),
            rules: Type.String({ maxLength: 60 }),
            heads: Type.Tuple([SignedBlockWire, SignedBlockWire]),
          },
          closed,
        ),
        Type.Object(
          { proof: Type.Literal("two-transactions"), transactions: Type.Tuple([HexText, HexText]) },
          closed,
        ),
      ]),
      { minItems: 1, maxItems: 20 },
    ),
  },
  closed,
);

const wireOf = (contradiction: Contradiction): Static<typeof Evidence>["contradictions"][number] =>
  contradiction.proof === "two-transactions"
    ? { proof: contradiction.proof, transactions: [...contradiction.transactions] }
    : { proof: contradiction.proof, ...contradiction.identity, heads: [...contradiction.heads] };

/** Writes what a finding can be shown with, once, and answers the file's path. */
export const writeEvidence = (folder: string, { words, block, contradictions }: EvidenceOf): string => {
  const path = join(folder, `evidence-of-block-${block}.json`);
  if (!existsSync(path)) {
    const evidence = { format, version: 1, words, contradictions: contradictions.map(wireOf) } as const;
    writeSecret(path, `${JSON.stringify(evidence, undefined, 2)}\n`);
  }
  return path;
};

export interface EvidenceOf {
  readonly words: string;
  readonly block: number;
  readonly contradictions: readonly Contradiction[];
}

export const evidenceOf = ({ message, block = 0, evidence }: Finding): EvidenceOf => ({
  words: message,
  block,
  contradictions: evidence,
});

/** The file is no evidence at all. */
export class UnreadableEvidence extends Error {
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = "UnreadableEvidence";
  }
}

const hexIn = (path: string, text: string): Hex => {
  if (!isHex(text)) throw new UnreadableEvidence(path, "holds what is not hexadecimal");
  return text;
};

const readContradiction = (
  path: string,
  wire: Static<typeof Evidence>["contradictions"][number],
): Contradiction => {
  if (wire.proof === "two-transactions") {
    const [one, other] = wire.transactions;
    return { proof: wire.proof, transactions: [hexIn(path, one), hexIn(path, other)] };
  }
  const { chainId, genesis, ledger, rules, heads } = wire;
  const head = ({ block, hash, signature }: Static<typeof SignedBlockWire>): SignedBlock => ({
    block,
    hash: bytes32(hash),
    signature: hexIn(path, signature),
  });
  return {
    proof: wire.proof,
    identity: { chainId, genesis: bytes32(genesis), ledger: address(ledger), rules },
    heads: [head(heads[0]), head(heads[1])],
  };
};

/** Throws {@link UnreadableEvidence}. */
export const readEvidence = (path: string): readonly Contradiction[] => {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new UnreadableEvidence(path, "is not there");
  if (status.size > limitBytes) throw new UnreadableEvidence(path, `is longer than ${limitBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new UnreadableEvidence(path, "is not JSON");
  }
  if (!Value.Check(Evidence, value)) throw new UnreadableEvidence(path, "is not evidence of version 1");
  return value.contradictions.map((wire) => readContradiction(path, wire));
};

/** One line for each contradiction, and whether every one stands. */
export const checkEvidence = async (
  path: string,
): Promise<{ readonly stands: boolean; readonly lines: readonly string[] }> => {
  const lines: string[] = [];
  let stands = true;
  for (const contradiction of readEvidence(path)) {
    const judgement = await judge(contradiction);
    stands &&= judgement.stands;
    lines.push(judgement.stands ? wordsOf(contradiction, judgement) : `proves nothing: ${judgement.reason}`);
  }
  return { stands, lines };
};

const wordsOf = (
  contradiction: Contradiction,
  { signer, at }: { readonly signer: string; readonly at: number },
): string => {
  if (contradiction.proof === "two-transactions") {
    return (
      `proves two histories: account ${signer} signed two transactions with its number ${at} that do different things; ` +
      `one chain can hold only one of them`
    );
  }
  const [one, other] = contradiction.heads;
  const { chainId, ledger } = contradiction.identity;
  return (
    `proves two histories: key ${signer} signed block ${at} of chain ${chainId} with ledger ${ledger} as ${one.hash} and ` +
    `as ${other.hash}. It is the operator's where its /v1/chain, or anybody who knew it before, names this head key`
  );
};
