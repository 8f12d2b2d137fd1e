/** The worked example, told step by step in the contract's own figures: gifts, allocation, two claims, a top-up. */
import { claimSources, reserveOf, traceDonation } from "../../chain/lens.ts";
import { ledgerRole, programmeRole } from "../../chain/roles.ts";
import type { Verb } from "../../chain/verbs.ts";
import { fen, position, type Fen } from "../../protocol/amounts.ts";
import { concat, fromHex, keccakHex, utf8 } from "../../protocol/bytes.ts";
import { dayStart } from "../../protocol/calendar.ts";
import { donationCommitment, donationPayload } from "../../protocol/donations/commitment.ts";
import { encodeLeaves, type Leaf } from "../../protocol/donations/leaves.ts";
import { batchOperation } from "../../protocol/donations/merkle-sum.ts";
import {
  batchId,
  claimId,
  fundId,
  periodNumber,
  programmeId,
  rosterId,
  type Bytes32,
  type ProgrammeId,
} from "../../protocol/ids.ts";
import { rosterLeaf } from "../../protocol/rosters/leaf.ts";
import { RosterTree } from "../../protocol/rosters/tree.ts";
import { actors, type ExampleLedger } from "./ledger.ts";

export const firstDay = 20_270_101;
const years = [dayStart(firstDay), dayStart(20_280_101), dayStart(20_290_101)] as const;

export const fund = fundId(1);
export const [p, q] = [programmeId(1), programmeId(2)];
export const claimsShareBps = 9000;

const digest = (text: string): Bytes32 => keccakHex(utf8(`example ${text}`));

export interface Donor {
  readonly name: string;
  readonly amount: Fen;
}

/** In the order of their batches. */
export const donors: readonly Donor[] = [
  { name: "A", amount: fen(1) },
  { name: "B", amount: fen(999) },
  { name: "C", amount: fen(10_000) },
  { name: "D", amount: fen(278) },
];

const leafOf = ({ name, amount }: Donor): Leaf => {
  const payload = donationPayload({
    amount,
    channel: "bank",
    occurredAt: "2027-01-01",
    transactionNumber: `EXAMPLE-${name}`,
  });
  return { amount, commitment: donationCommitment(digest(`salt ${name}`), payload) };
};

/** Insured are the people of the two claims, for the first year. */
const insured = { from: years[0], to: years[1] };
const claimNumbers = [1, 2];
const personOf = (claim: number): Bytes32 => digest(`person ${claim}`);
const lineOf = (claim: number): Bytes32 => rosterLeaf(personOf(claim), insured);
const roster = new RosterTree(concat(...claimNumbers.map((claim) => fromHex(lineOf(claim)))));

const appendRoster = (ledger: ExampleLedger): Promise<void> =>
  ledger.record("coordinator", {
    verb: "appendRoster",
    operation: digest("roster"),
    programme: p,
    policyPeriod: periodNumber(1),
    root: roster.root,
    count: claimNumbers.length,
    premiumPerHead: fen(0),
    denominator: 0,
  });

/** Actors, roles, the channel, the insured of P, a fund at 9000 basis points, programmes P and Q with two policy years each. */
export const openBooks = async (ledger: ExampleLedger): Promise<void> => {
  for (const actor of actors.slice(1)) {
    await ledger.record("admin", { verb: "registerActor", account: ledger.account(actor) });
  }
  for (const role of ["recorder", "treasurer"] as const) {
    await ledger.record("admin", {
      verb: "grantRole",
      role: ledgerRole(role),
      account: ledger.account(role),
    });
  }
  for (const role of ["coordinator", "adjudicator", "payer"] as const) {
    const account = ledger.account(role);
    await ledger.record("admin", { verb: "grantRole", role: programmeRole(role, p), account });
  }
  await ledger.record("admin", { verb: "registerChannel", channel: "bank" });
  for (const [programme, name] of [
    [p, "P"],
    [q, "Q"],
  ] as const) {
    await openProgramme(ledger, programme, name);
  }
  await appendRoster(ledger);
  const none = programmeId(0);
  const opened = { currency: "CNY", claimsShareBps, restrictedTo: none, fallbackTo: none };
  const ids = { operation: digest("fund"), document: digest("fund document") };
  await ledger.record("treasurer", { verb: "openFund", ...opened, ...ids });
};

const openProgramme = async (ledger: ExampleLedger, programme: ProgrammeId, name: string): Promise<void> => {
  const ids = { operation: digest(name), document: digest(`${name} document`) };
  const kind = { kind: "insurance", currency: "CNY", region: 0 } as const;
  await ledger.record("treasurer", { verb: "openProgramme", ...kind, ...ids });
  for (const [index, start] of years.slice(0, 2).entries()) {
    const end = years[index + 1] ?? start;
    await ledger.record("treasurer", {
      verb: "declarePeriod",
      programme,
      period: periodNumber(index + 1),
      start,
      end,
      filingDeadline: end + 90 * 86_400,
      cover: fen(0),
      toTheMinute: false,
      terms: digest("terms"),
    });
  }
};

/** Records a gift as a batch of one, at the end of the fund's line. */
export const give = async (ledger: ExampleLedger, donor: Donor): Promise<void> => {
  const leaves = encodeLeaves([leafOf(donor)]);
  await ledger.record("recorder", {
    verb: "recordDonations",
    operation: batchOperation(fund, "bank", firstDay, leaves),
    fund,
    channel: "bank",
    day: firstDay,
    startsAt: position((await ledger.fund(fund)).donated),
    leaves,
  });
};

export const allocate = async (ledger: ExampleLedger, programme: ProgrammeId, amount: Fen): Promise<void> => {
  const startsAt = position((await ledger.fund(fund)).allocated);
  const operation = digest(`allocation at ${startsAt}`);
  await ledger.record("treasurer", { verb: "allocatePremium", operation, fund, programme, startsAt, amount });
};

/** Files a claim at P and approves it whole; it takes the next place of the queue. */
export const approveClaim = async (ledger: ExampleLedger, claim: number, amount: Fen): Promise<void> => {
  await ledger.record("coordinator", {
    verb: "fileClaim",
    operation: digest(`claim ${claim}`),
    roster: rosterId(1),
    person: personOf(claim),
    ...insured,
    proof: roster.proof(lineOf(claim)),
    incidentFrom: dayStart(firstDay),
    requested: amount,
    benefit: "cash",
    evidence: digest(`slip ${claim}`),
  });
  await ledger.record("adjudicator", {
    verb: "approveClaim",
    claim: claimId(claim),
    amount,
    remaining: fen(0),
  });
};

export const payment = (claim: number): Verb => ({
  verb: "payClaim",
  claim: claimId(claim),
  paymentReference: digest(`payment ${claim}`),
});

/** Time goes on to the first minute of the second year. */
export const passYear = (ledger: ExampleLedger): Promise<void> => ledger.passUntil(years[1]);

/** What the contract says each donor paid of a claim. */
export const paidBy = async (ledger: ExampleLedger, claim: number): Promise<readonly Donor[]> => {
  const sources = await claimSources(ledger.lensAt, claimId(claim));
  return sources.map(({ batch, amount }) => ({ name: donors[batch - 1]?.name ?? "?", amount }));
};

/** What the contract says of one donor's gift is in the reserve of `programme`. */
export const inReserveOf = async (
  ledger: ExampleLedger,
  programme: ProgrammeId,
  donor: Donor,
): Promise<Fen> => {
  const { commitment } = leafOf(donor);
  const batch = batchId(donors.indexOf(donor) + 1);
  const proven = { batch, index: 0, amount: donor.amount, commitment, siblings: [] };
  const { slices } = await traceDonation(ledger.lensAt, proven);
  const held = slices.filter((slice) => slice.place === "inReserve" && slice.programme === programme);
  return fen(held.reduce((sum, { amount }) => sum + amount, 0n));
};

export const reserve = (ledger: ExampleLedger, programme: ProgrammeId) => reserveOf(ledger.lensAt, programme);
