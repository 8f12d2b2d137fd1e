/** What may happen to claims next: filed, decided, held, paid, recovered, returned. Each keeps to the rules. */
import { dayOf, dayStart } from "../../protocol/calendar.ts";
import { benefitKinds, reasons } from "../../protocol/ledger/events.ts";
import type { ClaimState } from "../../protocol/ledger/events.ts";
import type { ModelClaim, ModelPayout } from "./books.ts";
import { inRunOff } from "./periods.ts";
import type { RosterLine, VerbOf } from "./verbs.ts";
import type { Happening, Writer } from "./writer.ts";

/** A day or minute of which some part lies in the validity. */
const incidentIn = (writer: Writer, line: RosterLine, toTheMinute: boolean): number => {
  const moment = writer.random.between(line.from, Math.min(line.to - 1, writer.next));
  return toTheMinute ? moment - (moment % 60) : dayStart(dayOf(moment));
};

/** Whether somebody on a roster can file now. */
const isOpen = (writer: Writer, roster: VerbOf<"appendRoster">): boolean => {
  const { verb } = writer.model.policyPeriod(roster.programme, roster.policyPeriod);
  return verb.filingDeadline >= writer.next && roster.lines.some(({ from }) => from <= writer.next);
};

export const file: Happening = (writer) => {
  const { random, model } = writer;
  const chosen = writer.some(model.rosters.filter((roster) => isOpen(writer, roster)));
  if (chosen === undefined) return false;
  writer.ready(model.programme(chosen.programme));
  const { verb: period } = model.policyPeriod(chosen.programme, chosen.policyPeriod);
  const lines = chosen.lines.map((insured, line) => ({ insured, line }));
  const one = writer.some(lines.filter(({ insured }) => insured.from <= writer.next));
  if (one === undefined || period.filingDeadline < writer.next) return false;
  writer.write({
    verb: "file",
    claim: model.claims.length + 1,
    roster: chosen.roster,
    line: one.line,
    incidentFrom: incidentIn(writer, one.insured, period.toTheMinute),
    requested: writer.amount(),
    benefit: random.pick(benefitKinds),
  });
  return true;
};

/** What an aid programme may still grant for a claim, mostly one that has something left. */
const aidLeft = (writer: Writer, claim: ModelClaim): number =>
  writer.model.stateOf(claim) === "paid" ? claim.remaining - writer.model.granted(claim.claim) : 0;

export const grant: Happening = (writer) => {
  const { random, model } = writer;
  const programme = writer.some(model.programmes.filter(({ verb }) => verb.kind === "aid"));
  if (programme === undefined) return false;
  writer.ready(programme);
  const { next } = writer;
  const open = programme.periods.filter(({ verb }) => verb.start <= next && verb.filingDeadline >= next);
  const paid = model.claims.filter((claim) => claim.aidOf === 0 && model.stateOf(claim) === "paid");
  const needy = paid.filter((claim) => aidLeft(writer, claim) > 0);
  const candidates = needy.length > 0 ? needy : random.chance(4) ? paid : [];
  const [period, aided] = [writer.some(open), writer.some(candidates)];
  if (period === undefined || aided === undefined) return false;
  writer.write({
    verb: "grant",
    claim: model.claims.length + 1,
    programme: programme.verb.programme,
    policyPeriod: period.verb.period,
    aidOf: aided.claim,
    requested: writer.amount(),
    benefit: random.pick(benefitKinds),
  });
  return true;
};

const inState = (writer: Writer, ...states: readonly ClaimState[]): readonly ModelClaim[] =>
  writer.model.claims.filter((claim) => states.includes(writer.model.stateOf(claim)));

const readyFor = (writer: Writer, claim: ModelClaim): ModelClaim => {
  writer.ready(writer.model.programme(claim.programme));
  return claim;
};

/** The most that may be approved: what is requested, what the cover has left, what is left to be granted. */
const approvable = (writer: Writer, claim: ModelClaim): number => {
  const { model } = writer;
  const { programme, policyPeriod, person, requested, aidOf } = claim;
  const cover = Number(model.policyPeriod(programme, policyPeriod).verb.cover);
  const coverLeft = cover === 0 ? requested : cover - model.committed(programme, policyPeriod, person);
  const toGrant = aidOf === 0 ? requested : aidLeft(writer, model.claim(aidOf));
  return Math.min(requested, coverLeft, toGrant);
};

export const reject = (writer: Writer, { claim }: ModelClaim): void => {
  const { random } = writer;
  if (random.chance(2)) writer.write({ verb: "withdraw", claim });
  else writer.write({ verb: "reject", claim, reason: random.pick(reasons) });
};

const decideOn = (writer: Writer, claim: ModelClaim): void => {
  const { random } = writer;
  const most = approvable(writer, readyFor(writer, claim));
  if (most < 1 || random.chance(7)) {
    reject(writer, claim);
    return;
  }
  // Exactly up to the cover as often as anything below.
  const amount = BigInt(random.chance(2) ? most : random.between(1, most));
  const remaining = random.chance(3) ? 0n : writer.amount();
  writer.write({ verb: "approve", claim: claim.claim, amount, remaining });
};

export const decide: Happening = (writer) => {
  const claim = writer.some(inState(writer, "filed"));
  if (claim === undefined) return false;
  decideOn(writer, claim);
  return true;
};

export const hold: Happening = (writer) => {
  const claim = writer.some(inState(writer, "approved"));
  if (claim === undefined) return false;
  readyFor(writer, claim);
  writer.write({ verb: "hold", claim: claim.claim, reason: writer.random.pick(reasons) });
  return true;
};

/** The claim in the queue behind which this one belongs; 0 where it is the first. */
const placeOf = (writer: Writer, claim: ModelClaim): number =>
  writer.model
    .queue(claim.programme)
    .filter((other) => writer.model.claim(other).queueNumber < claim.queueNumber)
    .at(-1) ?? 0;

export const release: Happening = (writer) => {
  const claim = writer.some(inState(writer, "onHold"));
  if (claim === undefined) return false;
  readyFor(writer, claim);
  writer.write({ verb: "release", claim: claim.claim, after: placeOf(writer, claim) });
  return true;
};

const cancelClaim = (writer: Writer, claim: ModelClaim): void => {
  readyFor(writer, claim);
  writer.write({ verb: "cancel", claim: claim.claim, reason: writer.random.pick(reasons) });
};

export const cancel: Happening = (writer) => {
  const claim = writer.some(inState(writer, "approved", "onHold"));
  if (claim === undefined) return false;
  cancelClaim(writer, claim);
  return true;
};

/** Whether the reserve holds the head of the queue. */
const canPay = ({ model }: Writer, programme: number): boolean => {
  const head = model.queue(programme)[0];
  const { reserve } = model.programme(programme);
  return head !== undefined && model.approvedOf(model.claim(head)) <= reserve.left;
};

const payHead = (writer: Writer, programme: number): boolean => {
  const { model } = writer;
  const head = model.queue(programme)[0];
  if (head === undefined || !canPay(writer, programme)) return false;
  readyFor(writer, model.claim(head));
  writer.write({ verb: "pay", claim: head });
  return true;
};

export const pay: Happening = (writer) => {
  const waiting = new Set(inState(writer, "approved").map(({ programme }) => programme));
  const programme = writer.some([...waiting].filter((id) => canPay(writer, id)));
  return programme !== undefined && payHead(writer, programme);
};

const recoveryOf = (writer: Writer, payout: ModelPayout): VerbOf<"recover"> => {
  const { random, model } = writer;
  const left = payout.places.length - payout.recovered;
  const claim = model.claim(payout.claim);
  if (random.chance(3)) {
    const after = placeOf(writer, claim);
    return { verb: "recover", payout: payout.payout, amount: BigInt(left), returned: true, after };
  }
  const amount = BigInt(random.chance(4) ? left : random.between(1, left));
  return { verb: "recover", payout: payout.payout, amount, returned: false, after: 0 };
};

/** Money of a payout comes back; where there is one, as often of a programme that is over. */
export const recover: Happening = (writer) => {
  const { random, model } = writer;
  const all = model.payouts.filter(({ places, recovered }) => places.length > recovered);
  const late = all.filter(({ claim }) =>
    inRunOff(model.programme(model.claim(claim).programme), writer.next),
  );
  const payout = writer.some(late.length > 0 && random.chance(2) ? late : all);
  if (payout === undefined) return false;
  readyFor(writer, model.claim(payout.claim));
  writer.write(recoveryOf(writer, payout));
  return true;
};

/** From the incident to the payment without a break, where nothing stands in the way. */
export const settleOne: Happening = (writer) => {
  const { model } = writer;
  const isFiled = writer.random.chance(3) ? grant(writer) || file(writer) : file(writer);
  const claim = model.claims.at(-1);
  if (!isFiled || claim === undefined) return false;
  decideOn(writer, claim);
  payHead(writer, claim.programme);
  return true;
};

/** Decides, pays or cancels one after the other until no claim of the programme is open. */
export const settleAll = (writer: Writer, programme: number): void => {
  const { random, model } = writer;
  for (;;) {
    const claim = model.openClaims(programme)[0];
    if (claim === undefined) return;
    readyFor(writer, claim);
    if (model.stateOf(claim) === "filed") decideOn(writer, claim);
    else if (!random.chance(3) || !payHead(writer, programme)) cancelClaim(writer, claim);
  }
};
