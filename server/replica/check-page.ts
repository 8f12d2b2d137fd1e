/** What can be said of a page before any of it is executed. */
import type { Address } from "../../protocol/ids.ts";
import { pageBlocks, type BlocksPage } from "../heads/stream.ts";
import { signerOf, type ChainIdentity } from "../heads/statement.ts";
import { Finding } from "./finding.ts";

/** Which chain a replica follows, fixed with the first page that it ever saw. */
export interface Followed {
  readonly identity: ChainIdentity;
  readonly headKey: Address;
}

/** Throws {@link Finding} where the page is not of the followed chain. */
export const checkIdentity = (page: BlocksPage, followed: Followed): void => {
  const { identity: now, headKey } = page;
  const { identity: first } = followed;
  const other = (what: string, before: unknown, after: unknown): string =>
    `the operator shows another ${what} than before: ${String(before)} then, ${String(after)} now`;
  if (now.rules !== first.rules) {
    throw new Finding(
      "otherRules",
      `its blocks are made by the rules "${now.rules}", this replica makes them by "${first.rules}": run the version that has the same`,
    );
  }
  if (now.chainId !== first.chainId) {
    throw new Finding("otherChain", other("chain id", first.chainId, now.chainId));
  }
  if (now.genesis !== first.genesis) {
    throw new Finding("otherGenesis", other("block 0", first.genesis, now.genesis), { block: 0 });
  }
  if (now.ledger !== first.ledger)
    throw new Finding("otherLedger", other("ledger", first.ledger, now.ledger));
  if (headKey !== followed.headKey) {
    throw new Finding("otherHeadKey", other("head key", followed.headKey, headKey));
  }
};

/** Throws {@link Finding} where a head does not carry the head key's signature. */
export const checkSignatures = async ({ head, newest }: BlocksPage, followed: Followed): Promise<void> => {
  for (const [kind, signed, what] of [
    ["unsignedPage", head, "the page"],
    ["unsignedNewest", newest, "the newest block"],
  ] as const) {
    const signer = await signerOf("head", followed.identity, signed);
    if (signer === followed.headKey) continue;
    const by = signer === undefined ? "nobody" : signer;
    throw new Finding(
      kind,
      `the head of ${what} (block ${signed.block}) is signed by ${by}, not by the head key ${followed.headKey}: ` +
        `the operator, or somebody between it and you, made it up`,
      { block: signed.block },
    );
  }
};

/** Throws {@link Finding} where the page's parts do not go together, or do not follow `after`. */
export const checkOrder = ({ after, blocks, head, newest }: BlocksPage, asked: number): void => {
  if (after.block !== asked) {
    throw new Finding(
      "gap",
      `asked for what follows block ${asked}, it answers what follows ${after.block}`,
      {
        block: after.block,
      },
    );
  }
  if (blocks.length > pageBlocks) {
    throw new Finding("tooLong", `the page has ${blocks.length} blocks, at most ${pageBlocks} are one`);
  }
  for (const [index, { number }] of blocks.entries()) {
    const expected = asked + index + 1;
    if (number === expected) continue;
    throw new Finding("disorder", `the page has block ${number} where block ${expected} belongs`, {
      block: number,
    });
  }
  const last = blocks.at(-1) ?? { number: after.block, hash: after.hash };
  if (head.block !== last.number || (blocks.length > 0 && head.hash !== last.hash)) {
    throw new Finding(
      "signedOther",
      `the page ends with block ${last.number}, ${last.hash}, and what is signed is block ${head.block}, ${head.hash}`,
      { block: last.number },
    );
  }
  if (newest.block < head.block || (newest.block === head.block && newest.hash !== head.hash)) {
    throw new Finding(
      "inconsistent",
      `the page ends with block ${head.block}, ${head.hash}, while the newest is said to be ${newest.block}, ${newest.hash}`,
      { block: head.block },
    );
  }
  if (blocks.length === 0 && newest.block > after.block) {
    throw new Finding(
      "withheld",
      `the operator signs block ${newest.block} as its newest and shows nothing after block ${after.block}`,
      { block: after.block },
    );
  }
};
