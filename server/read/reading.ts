/** One question to the books: the transaction that holds its block still, and what all questions share. */
import type { Kysely } from "kysely";
import { encodeCode } from "../../protocol/codes/code.ts";
import { leafStarts } from "../../protocol/donations/leaves.ts";
import { buildTree } from "../../protocol/donations/merkle-sum.ts";
import type { Tree } from "../../protocol/donations/merkle-sum.ts";
import { decodeLeaves } from "../../protocol/donations/leaves.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Statement } from "../../protocol/ports/desk.ts";
import type { Bilingual, LawCheck, SettlementView } from "../../protocol/ports/views.ts";
import type { LedgerPlace } from "../../protocol/receipt/types.ts";
import { readInsurers, readStatement } from "../documents.ts";
import type { NamedInsurers } from "../documents.ts";
import type { ChainBlock } from "../index/chain-reader.ts";
import { loadLeaves } from "../index/load.ts";
import { fundOf } from "../index/codecs/funds.ts";
import type { BatchFigures, FundFigures } from "../index/codecs/funds.ts";
import { programmeOf } from "../index/codecs/programmes.ts";
import type { ProgrammeFacts } from "../index/codecs/programmes.ts";
import type { Schema } from "../index/tables.ts";
import { Names } from "./names.ts";
import type { DocumentStore } from "./options.ts";
import { Published } from "./published.ts";
import { PerBlock, Recent } from "./recent.ts";
import type { WaitingClaims } from "./waiting.ts";

/** Leaves take up to 144 kB a batch, a tree about 1 MB. */
const rememberedLeaves = 64;
const rememberedTrees = 16;

export interface BatchLeaves {
  readonly wire: Uint8Array;
  readonly starts: BigUint64Array;
}

/** What outlives a question: immutable things, and figures of the newest block. */
export class Shared {
  readonly names: Names;
  readonly statements: Published<Statement>;
  readonly insurers: Published<NamedInsurers>;
  readonly settlements = new PerBlock<SettlementView | undefined>();
  readonly waiting = new PerBlock<WaitingClaims>();
  readonly laws = new PerBlock<readonly LawCheck[]>();
  readonly leaves = new Recent<BatchLeaves>(rememberedLeaves);
  readonly trees = new Recent<Tree>(rememberedTrees);

  constructor(documents: DocumentStore) {
    this.names = new Names(documents);
    this.statements = new Published(documents, readStatement);
    this.insurers = new Published(documents, readInsurers);
  }
}

export interface Reading {
  readonly database: Kysely<Schema>;
  readonly head: ChainBlock;
  /** The time to which periods are shown as rolled. */
  readonly now: UnixSeconds;
  readonly shared: Shared;
  /** Which chain and contracts the books are of. */
  readonly place: LedgerPlace;
}

export const loadFund = async ({ database }: Reading, fund: FundId): Promise<FundFigures | undefined> => {
  const row = await database.selectFrom("funds").selectAll().where("fund", "=", fund).executeTakeFirst();
  return row === undefined ? undefined : fundOf(row);
};

export const loadProgramme = async (
  { database }: Reading,
  programme: ProgrammeId,
): Promise<ProgrammeFacts | undefined> => {
  const row = await database
    .selectFrom("programmes")
    .selectAll()
    .where("programme", "=", programme)
    .executeTakeFirst();
  return row === undefined ? undefined : programmeOf(row);
};

export const fundName = (
  { shared }: Reading,
  { fund, document }: Pick<FundFigures, "fund" | "document">,
): Promise<Bilingual> => shared.names.of(document, encodeCode({ kind: "fund", fund }));

/** A programme's name by its id alone. */
export const nameOfProgramme = async (reading: Reading, id: ProgrammeId): Promise<Bilingual> => {
  const programme = await loadProgramme(reading, id);
  const code = encodeCode({ kind: "programme", programme: id });
  return programme === undefined ? { zh: code, en: code } : programmeName(reading, programme);
};

export const programmeName = (
  { shared }: Reading,
  { programme, document }: Pick<ProgrammeFacts, "programme" | "document">,
): Promise<Bilingual> => shared.names.of(document, encodeCode({ kind: "programme", programme }));

/** A batch is never changed; its root tells it from one that another branch of the chain had. */
const keyOf = ({ batch, root }: BatchFigures): string => `${batch} ${root}`;

export const leavesOf = async ({ database, shared }: Reading, batch: BatchFigures): Promise<BatchLeaves> => {
  const known = shared.leaves.get(keyOf(batch));
  if (known !== undefined) return known;
  const wire = await loadLeaves(database, batch.batch);
  const leaves = { wire, starts: leafStarts(wire) };
  shared.leaves.set(keyOf(batch), leaves);
  return leaves;
};

export const treeOf = async (reading: Reading, batch: BatchFigures): Promise<Tree> => {
  const { trees } = reading.shared;
  const known = trees.get(keyOf(batch));
  if (known !== undefined) return known;
  const { wire } = await leavesOf(reading, batch);
  const tree = buildTree(decodeLeaves(wire));
  trees.set(keyOf(batch), tree);
  return tree;
};
