/** The same for rosters, insurers, claims and what comes back of them. */
import { fen } from "../../protocol/amounts.ts";
import { concat, fromHex } from "../../protocol/bytes.ts";
import { bytes32, claimId, payoutId, periodNumber, programmeId, rosterId } from "../../protocol/ids.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { RosterTree } from "../../protocol/rosters/tree.ts";
import type { PerFenModel } from "../model/per-fen.ts";
import type { ClaimVerb, RosterLine, VerbOf } from "../model/verbs.ts";
import { digest } from "./acts.ts";
import type { Act } from "./acts.ts";

const leafOf = ({ person, from, to }: RosterLine): Bytes32 => rosterLeaf(bytes32(person), { from, to });

const treeOf = (lines: readonly RosterLine[]): RosterTree =>
  new RosterTree(concat(...lines.map((line) => fromHex(leafOf(line)))));

const appendRoster = (verb: VerbOf<"appendRoster">): Act => {
  const { lines, denominator } = verb;
  const roster = {
    verb: verb.verb,
    operation: digest(),
    programme: programmeId(verb.programme),
    policyPeriod: periodNumber(verb.policyPeriod),
    root: treeOf(lines).root,
    count: lines.length,
    premiumPerHead: fen(verb.premiumPerHead),
    denominator,
  } as const;
  return ["coordinator", roster];
};

const fileClaim = (model: PerFenModel, verb: VerbOf<"file">): Act => {
  const { lines } = model.roster(verb.roster);
  const line = lines[verb.line];
  if (line === undefined) throw new RangeError(`no line ${verb.line} on roster ${verb.roster}`);
  const claim = {
    verb: "fileClaim",
    operation: digest(),
    roster: rosterId(verb.roster),
    person: bytes32(line.person),
    from: line.from,
    to: line.to,
    proof: treeOf(lines).proof(leafOf(line)),
    incidentFrom: verb.incidentFrom,
    requested: fen(verb.requested),
    benefit: verb.benefit,
    evidence: digest(),
  } as const;
  return ["coordinator", claim];
};

const fileGrant = (verb: VerbOf<"grant">): Act => {
  const grant = {
    verb: "fileGrant",
    operation: digest(),
    programme: programmeId(verb.programme),
    policyPeriod: periodNumber(verb.policyPeriod),
    aidOf: claimId(verb.aidOf),
    requested: fen(verb.requested),
    benefit: verb.benefit,
    evidence: digest(),
  } as const;
  return ["coordinator", grant];
};

const recoverPayout = (verb: VerbOf<"recover">): Act => {
  const recovery = {
    verb: "recoverPayout",
    operation: digest(),
    payout: payoutId(verb.payout),
    amount: fen(verb.amount),
    returned: verb.returned,
    after: claimId(verb.after),
    evidence: digest(),
  } as const;
  return ["payer", recovery];
};

export const claimAct = (model: PerFenModel, verb: ClaimVerb): Act => {
  switch (verb.verb) {
    case "declareInsurers": {
      const [programme, policyPeriod] = [programmeId(verb.programme), periodNumber(verb.policyPeriod)];
      const { sharesBps } = verb;
      return ["treasurer", { verb: verb.verb, programme, policyPeriod, sharesBps, document: digest() }];
    }
    case "appendRoster":
      return appendRoster(verb);
    case "file":
      return fileClaim(model, verb);
    case "grant":
      return fileGrant(verb);
    case "withdraw":
      return ["coordinator", { verb: "withdrawClaim", claim: claimId(verb.claim) }];
    case "approve": {
      const [amount, remaining] = [fen(verb.amount), fen(verb.remaining)];
      return ["adjudicator", { verb: "approveClaim", claim: claimId(verb.claim), amount, remaining }];
    }
    case "reject":
      return ["adjudicator", { verb: "rejectClaim", claim: claimId(verb.claim), reason: verb.reason }];
    case "hold":
      return ["adjudicator", { verb: "holdClaim", claim: claimId(verb.claim), reason: verb.reason }];
    case "cancel":
      return ["adjudicator", { verb: "cancelClaim", claim: claimId(verb.claim), reason: verb.reason }];
    case "release":
      return [
        "adjudicator",
        { verb: "releaseClaim", claim: claimId(verb.claim), after: claimId(verb.after) },
      ];
    case "pay":
      return ["payer", { verb: "payClaim", claim: claimId(verb.claim), paymentReference: digest() }];
    case "recover":
      return recoverPayout(verb);
  }
};
