/** What can be said of transactions that an operator shows, from their signatures alone. */
import type { Hex } from "../../chain/port.ts";
import type { SignedFields } from "../../desk/signed-transaction.ts";
import { contradictEachOther, isCancellation } from "../../heads/contradiction.ts";
import { readOne } from "../accounts.ts";
import { Finding } from "../finding.ts";
import type { ShownAttempt } from "../source.ts";

export interface ReadVersion {
  readonly fields: SignedFields;
  readonly raw: Hex;
}

export interface ReadAttempt {
  readonly attempt: ShownAttempt;
  readonly versions: readonly ReadVersion[];
}

/** Fees rise by an eighth each time: from 1 wei to a million gwei for a unit of gas in under 300 steps. */
const mostVersions = 1_000;

export const nameOf = ({ signer, nonce }: Pick<ShownAttempt, "signer" | "nonce">): string =>
  `transaction ${nonce} of ${signer}`;

/**
 * Reads every version of an attempt, each from its own bytes. Throws {@link Finding} where one is not of its account,
 * number and chain, or none is the one that a block is said to hold.
 */
export const readVersions = async (
  attempt: ShownAttempt,
  chainId: number,
): Promise<readonly ReadVersion[]> => {
  const { versions, blockNumber: block } = attempt;
  const where = nameOf(attempt);
  if (versions.length > mostVersions) {
    throw new Finding(
      "tooLong",
      `${where} has ${versions.length} versions, at most ${mostVersions} are read`,
      {
        block,
      },
    );
  }
  const read: ReadVersion[] = [];
  for (const version of versions) {
    const fields = await readOne(where, chainId, version, { block });
    if (fields.signer !== attempt.signer || fields.nonce !== attempt.nonce) {
      throw new Finding(
        "otherAccount",
        `${where}: the bytes of ${version.hash} are signed by ${fields.signer} with its number ${fields.nonce}`,
        { block },
      );
    }
    read.push({ fields, raw: version.raw });
  }
  if (versions.some(({ hash }) => hash === attempt.transaction)) return read;
  throw new Finding(
    "inconsistent",
    `${where}: block ${block} is said to hold ${attempt.transaction}, which is none of what was signed`,
    { block },
  );
};

/**
 * Throws {@link Finding} with both halves where two of the versions, or one of them and what was signed before, cannot
 * both be honest. All that is not a cancellation does the same, so the first of them stands for all.
 */
export const checkSignedOnce = (
  attempt: ShownAttempt,
  versions: readonly ReadVersion[],
  before: ReadVersion | undefined,
): void => {
  const calls = versions.filter(({ fields }) => !isCancellation(fields));
  const first = before ?? calls[0];
  if (first === undefined) return;
  for (const now of calls) {
    if (!contradictEachOther(first.fields, now.fields)) continue;
    throw new Finding(
      "rewritten",
      `the operator's history was rewritten or forked: ${attempt.signer} signed two transactions with its number ` +
        `${attempt.nonce} that do different things, ${first.fields.hash} and ${now.fields.hash}`,
      {
        block: attempt.blockNumber,
        evidence: [{ proof: "two-transactions", transactions: [first.raw, now.raw] }],
      },
    );
  }
};
