/** The rehearsal's middle: money is allocated to three programmes, claims are paid, the period is rolled. */
import { fen, zeroFen, type Fen } from "../../../protocol/amounts.ts";
import { periodNumber, type ClaimId, type FundId, type ProgrammeId } from "../../../protocol/ids.ts";
import type { LedgerEvent, UnixSeconds } from "../../../protocol/ledger/events.ts";
import type { Asking } from "../../../protocol/ports/desk.ts";
import { readTerms } from "../../../protocol/terms/read.ts";
import type { Gateway } from "../../gateway.ts";
import { inventedIdNumber } from "../invented-people.ts";
import type { RehearsedClaim } from "./claims.ts";

const asker = "rehearsal";
const together = 50;
const programmeNames = ["A", "B", "C"];

/** Everything is paid whole, without a limit: the amounts are real and are not to be changed. */
const terms = readTerms({
  kind: "terms",
  plan: "rehearsal",
  version: 1,
  currency: "CNY",
  cover: "none",
  premiumPerHead: "0",
  incident: "day",
  filingDays: 0,
  ages: "any",
  benefits: ["cash"],
  layers: [],
  specialDrugs: "none",
  deductibles: [],
  rules: [{ id: "whole-cost", scopes: ["allCost"], rateBps: 10_000 }],
});

/** Something that the rehearsal asked for was refused; the books are as they were. */
export class RehearsalFailed extends Error {
  readonly step: string;
  constructor(step: string, reason: string) {
    super(`${step}: ${reason}`);
    this.name = "RehearsalFailed";
    this.step = step;
  }
}

export interface Rehearsed {
  readonly programmes: readonly ProgrammeId[];
  readonly claims: readonly ClaimId[];
}

export interface RehearsalPlan {
  readonly fund: FundId;
  readonly amount: Fen;
  readonly claims: readonly RehearsedClaim[];
  readonly periodStart: UnixSeconds;
  readonly periodEnd: UnixSeconds;
}

type Desk = Gateway["desk"];

const eventsOf = async (desk: Desk, step: string, operation: string): Promise<readonly LedgerEvent[]> => {
  const view = await desk.settled(operation);
  if (view.refusal !== undefined) throw new RehearsalFailed(step, view.refusal.name);
  return view.events;
};

const asking = (step: string): Asking => ({ asker, idempotencyKey: step });

/** Claims go to the programmes by turns, in the order of the file. */
const claimsOf = (plan: RehearsalPlan, place: number): readonly RehearsedClaim[] =>
  plan.claims.filter((_, index) => index % programmeNames.length === place);

/** Everybody who will claim of a programme, each by an invented id number, insured for its first period. */
const enrol = async (
  desk: Desk,
  plan: RehearsalPlan,
  programme: ProgrammeId,
  claims: readonly RehearsedClaim[],
): Promise<void> => {
  const step = `enrol-${programme}`;
  const people = claims.map(({ row }) => ({
    idNumber: inventedIdNumber(row),
    from: plan.periodStart,
    to: plan.periodEnd,
  }));
  if (people.length === 0) return;
  const request = { programme, policyPeriod: periodNumber(1), premiumPerHead: zeroFen, people };
  await eventsOf(desk, step, await desk.appendRoster(request, asking(step)));
};

/** Opens three programmes and allocates a third of `amount` to each, the remainder to the last. */
export const openAndAllocate = async (desk: Desk, plan: RehearsalPlan): Promise<readonly ProgrammeId[]> => {
  const third = plan.amount / 3n;
  const programmes: ProgrammeId[] = [];
  for (const [index, name] of programmeNames.entries()) {
    const programme = await openProgramme(desk, name);
    await declarePeriods(desk, plan, programme);
    await enrol(desk, plan, programme, claimsOf(plan, index));
    const amount = index === 2 ? fen(plan.amount - 2n * third) : fen(third);
    const allocated = await desk.allocatePremium(
      { fund: plan.fund, programme, amount },
      asking(`allocate-${name}`),
    );
    await eventsOf(desk, `allocate-${name}`, allocated);
    programmes.push(programme);
  }
  return programmes;
};

const openProgramme = async (desk: Desk, name: string): Promise<ProgrammeId> => {
  const opened = await desk.openProgramme(
    {
      name: { zh: `演练项目${name}`, en: `Rehearsal programme ${name}` },
      kind: "insurance",
      currency: "CNY",
      region: 0,
    },
    asking(`open-${name}`),
  );
  for (const event of await eventsOf(desk, `open-${name}`, opened)) {
    if (event.type === "ProgrammeOpened") return event.programme;
  }
  throw new RehearsalFailed(`open-${name}`, "no programme was opened");
};

const declarePeriods = async (desk: Desk, plan: RehearsalPlan, programme: ProgrammeId): Promise<void> => {
  const length = plan.periodEnd - plan.periodStart;
  for (const number of [1, 2]) {
    const start = number === 1 ? plan.periodStart : plan.periodEnd;
    const end = number === 1 ? plan.periodEnd : plan.periodEnd + length;
    const step = `declare-${programme}-${number}`;
    const declared = await desk.declarePeriod(
      {
        programme,
        period: periodNumber(number),
        start,
        end,
        terms,
      },
      asking(step),
    );
    await eventsOf(desk, step, declared);
  }
};

/** Files, approves and pays every claim, in the order of the file, by turns in the three programmes. */
export const payAll = async (
  desk: Desk,
  claims: readonly RehearsedClaim[],
  programmes: readonly ProgrammeId[],
  onPaid: (claims: number) => void,
): Promise<readonly ClaimId[]> => {
  const paid: ClaimId[] = [];
  for (let from = 0; from < claims.length; from += together) {
    const group = claims.slice(from, from + together);
    paid.push(...(await payGroup(desk, group, from, programmes)));
    onPaid(paid.length);
  }
  return paid;
};

const payGroup = async (
  desk: Desk,
  group: readonly RehearsedClaim[],
  from: number,
  programmes: readonly ProgrammeId[],
): Promise<readonly ClaimId[]> => {
  const programmeOf = (index: number): ProgrammeId => {
    const programme = programmes[(from + index) % programmes.length];
    if (programme === undefined) throw new RehearsalFailed(`file-${from}`, "no programme is open");
    return programme;
  };
  const requests = group.map((claim, index) => ({
    programme: programmeOf(index),
    policyPeriod: periodNumber(1),
    member: { idNumber: inventedIdNumber(claim.row) },
    incidentFrom: claim.incidentFrom,
    requested: claim.amount,
    benefit: "cash" as const,
    slip: `REHEARSAL-SLIP-${claim.row}`,
  }));
  const filed = await eventsOf(desk, `file-${from}`, await desk.fileClaims(requests, asking(`file-${from}`)));
  const ids = filed.flatMap((event) => (event.type === "ClaimFiled" ? [event.claim] : []));
  const approvals = ids.map((claim, index) => ({
    claim,
    amount: group[index]?.amount ?? zeroFen,
    remaining: zeroFen,
  }));
  await eventsOf(desk, `approve-${from}`, await desk.approveClaims(approvals, asking(`approve-${from}`)));
  const payments = ids.map((claim) => ({ claim, paymentNumber: `REHEARSAL-PAYMENT-${claim}` }));
  await eventsOf(desk, `pay-${from}`, await desk.payClaims(payments, asking(`pay-${from}`)));
  return ids;
};

/** Writes the close record of the first period of every programme; the clock stands past its end. */
export const rollAll = async (desk: Desk, programmes: readonly ProgrammeId[]): Promise<void> => {
  for (const programme of programmes) {
    const step = `close-${programme}`;
    const events = await eventsOf(desk, step, await desk.closePeriods(programme, asking(step)));
    if (!events.some(({ type }) => type === "PeriodClosed"))
      throw new RehearsalFailed(step, "nothing closed");
  }
};
