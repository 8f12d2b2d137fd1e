/** What the verbs of a history ask of the ledger, before the model has played them: who acts, and the call. */
import type { Verb } from "../../chain/verbs.ts";
import { fen, position } from "../../protocol/amounts.ts";
import { keccakHex, utf8 } from "../../protocol/bytes.ts";
import { encodeLeaves } from "../../protocol/donations/leaves.ts";
import type { Leaf } from "../../protocol/donations/leaves.ts";
import { batchOperation, buildTree, encodeProof } from "../../protocol/donations/merkle-sum.ts";
import {
  batchId,
  bytes32,
  findingId,
  fundId,
  periodNumber,
  programmeId,
  refundId,
} from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import { readHash, readNumber, readRecord } from "../../server/chain/wire.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import type { AuditVerb, MoneyVerb, VerbOf } from "../model/verbs.ts";
import { chain } from "./chain.ts";
import type { Actor } from "./stage.ts";

let digests = 0;
/** Another one each time: for operation ids, commitments and documents. */
export const digest = (): Bytes32 => {
  digests += 1;
  return keccakHex(utf8(`history ${digests}`));
};

export type Act = readonly [Actor, Verb];

const leavesOf = ({ leaves }: VerbOf<"recordBatch">): readonly Leaf[] =>
  leaves.map(({ amount, commitment }) => ({ amount: fen(amount), commitment: bytes32(commitment) }));

const recordDonations = (model: PerFenModel, verb: VerbOf<"recordBatch">): Act => {
  const [fund, leaves] = [fundId(verb.fund), encodeLeaves(leavesOf(verb))];
  const { channel, day } = verb;
  const startsAt = position(model.fund(verb.fund).fens.length);
  const operation = batchOperation(fund, channel, day, leaves);
  return ["recorder", { verb: "recordDonations", operation, fund, channel, day, startsAt, leaves }];
};

const refundDonation = (model: PerFenModel, verb: VerbOf<"refund">): Act => {
  const batch = model.batches[verb.batch - 1];
  const leaves = batch === undefined ? [] : leavesOf(batch);
  const leaf = leaves[verb.index];
  if (leaf === undefined) throw new RangeError(`no donation ${verb.index} in batch ${verb.batch}`);
  const refund = {
    verb: "refundDonation",
    operation: digest(),
    batch: batchId(verb.batch),
    index: verb.index,
    leafAmount: leaf.amount,
    commitment: leaf.commitment,
    proof: encodeProof(buildTree(leaves).proof(verb.index)),
    amount: fen(verb.amount),
    paymentReference: digest(),
  } as const;
  return ["treasurer", refund];
};

export const moneyAct = (model: PerFenModel, verb: MoneyVerb): Act => {
  const [operation, document] = [digest(), digest()];
  switch (verb.verb) {
    case "openProgramme": {
      const { kind, currency, region } = verb;
      return ["treasurer", { verb: verb.verb, operation, kind, currency, region, document }];
    }
    case "openFund": {
      const { currency, claimsShareBps } = verb;
      const restriction = {
        restrictedTo: programmeId(verb.restrictedTo),
        fallbackTo: programmeId(verb.fallbackTo),
      };
      return [
        "treasurer",
        { verb: verb.verb, operation, currency, claimsShareBps, ...restriction, document },
      ];
    }
    case "declarePeriod": {
      const { start, end, filingDeadline, toTheMinute } = verb;
      const [programme, period] = [programmeId(verb.programme), periodNumber(verb.period)];
      const declared = { start, end, filingDeadline, toTheMinute, cover: fen(verb.cover), terms: document };
      return ["treasurer", { verb: verb.verb, programme, period, ...declared }];
    }
    case "closePeriod":
      return ["provider", { verb: verb.verb, programme: programmeId(verb.programme), max: verb.max }];
    case "recordBatch":
      return recordDonations(model, verb);
    case "allocate": {
      const [fund, programme] = [fundId(verb.fund), programmeId(verb.programme)];
      const startsAt = position(model.fund(verb.fund).allocated);
      const amount = fen(verb.amount);
      return ["treasurer", { verb: "allocatePremium", operation, fund, programme, startsAt, amount }];
    }
    case "expense": {
      const programme = programmeId(verb.programme);
      const startsAt = position(model.programme(verb.programme).operations.takers.length);
      const spent = { kind: verb.kind, startsAt, amount: fen(verb.amount), evidence: document };
      return ["treasurer", { verb: "recordExpense", operation, programme, ...spent }];
    }
    case "move": {
      const [from, to] = [programmeId(verb.from), programmeId(verb.to)];
      return ["treasurer", { verb: "moveSurplus", operation, from, to }];
    }
    case "refund":
      return refundDonation(model, verb);
    case "coverRefund": {
      const covered = { refund: refundId(verb.refund), channel: verb.channel, paymentReference: document };
      return ["provider", { verb: verb.verb, ...covered }];
    }
  }
};

const noteHead = async (verb: VerbOf<"noteHead">): Promise<Act> => {
  const answer = await chain.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
  const head = readRecord(answer, "a block");
  const [blockNumber, blockHash] = [readNumber(head["number"]), readHash(head["hash"])];
  return [verb.by, { verb: "noteHead", blockNumber, blockHash }];
};

export const auditAct = async (verb: AuditVerb): Promise<Act> => {
  const [operation, document] = [digest(), digest()];
  switch (verb.verb) {
    case "attest":
    case "openFinding": {
      const [programme, period] = [programmeId(verb.programme), periodNumber(verb.period)];
      return ["auditor", { verb: verb.verb, operation, programme, period, document }];
    }
    case "answerFinding":
      return ["treasurer", { verb: verb.verb, finding: findingId(verb.finding), document }];
    case "closeFinding":
      return ["auditor", { verb: verb.verb, finding: findingId(verb.finding), document }];
    case "confirm": {
      const { channel, day, currency, count } = verb;
      const total = { channel, day, currency, count, sum: fen(verb.sum) };
      return ["provider", { verb: "confirmChannelTotal", operation, ...total }];
    }
    case "correct": {
      const { kind, record } = verb;
      return ["treasurer", { verb: "noteCorrection", operation, kind, record, document }];
    }
    case "noteHead":
      return noteHead(verb);
  }
};
