/** Prints the worked example; each figure was asked of the contract and computed again by the protocol. */
import { traceInterval } from "../../chain/lens.ts";
import { addFen, fen, position, zeroFen, type Fen } from "../../protocol/amounts.ts";
import { dayStart } from "../../protocol/calendar.ts";
import { claimId } from "../../protocol/ids.ts";
import { checkLaws } from "../../protocol/laws/laws.ts";
import { booksOf } from "../../protocol/ledger/books.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import { shortfallOf } from "../../protocol/ledger/state.ts";
import { claimsBetween, claimsShare } from "../../protocol/lines/share.ts";
import { partitionOf } from "../../protocol/trace/partition.ts";
import { runSync } from "../../protocol/trace/run.ts";
import { claimSources } from "../../protocol/trace/sources.ts";
import type { Partition, Place } from "../../protocol/trace/types.ts";
import { ExampleDisagreement, ExampleLedger } from "./ledger.ts";
import {
  allocate,
  approveClaim,
  claimsShareBps,
  donors,
  firstDay,
  fund,
  give,
  inReserveOf,
  openBooks,
  p,
  paidBy,
  passYear,
  payment,
  q,
  reserve,
  type Donor,
} from "./story.ts";

type Print = (line: string) => void;

const digits = (amount: bigint): string => amount.toString().replace(/\B(?=(?:[0-9]{3})+$)/g, ",");

/** The contract's figure, once the protocol has come to the same. */
const agreed = (what: string, contract: bigint, protocol: bigint): string => {
  if (contract !== protocol) throw new ExampleDisagreement(what, contract, protocol);
  return digits(contract);
};

/** Tells the example to its end. Throws {@link ExampleDisagreement} where contract and protocol differ. */
export const tellExample = async (print: Print): Promise<void> => {
  const ledger = await ExampleLedger.open(dayStart(firstDay));
  try {
    await openBooks(ledger);
    await tellGifts(ledger, print);
    await tellAllocation(ledger, print);
    await tellFirstClaim(ledger, print);
    await tellYearEnd(ledger, print);
    await tellShortfall(ledger, print);
    await tellTopUp(ledger, print);
    await tellPartition(ledger, print);
  } finally {
    await ledger.close();
  }
};

const tellGifts = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  print(
    "A fund promises 9,000 of 10,000 parts to claims. Money stands in its line in the order it was recorded.",
  );
  print("");
  print("1. Three gifts");
  for (const [index, donor] of donors.slice(0, 3).entries()) {
    await give(ledger, donor);
    const end = position((await ledger.fund(fund)).donated);
    const start = position(end - donor.amount);
    const recorded = ledger.state.batches[index];
    agreed("start of a gift", start, recorded?.startsAt ?? -1n);
    const share = claimsBetween(start, end, claimsShareBps);
    print(
      `   ${donor.name} gives ${digits(donor.amount)} fen: positions [${start}, ${end}), ` +
        `${digits(share)} of them for claims`,
    );
  }
  const { donated } = await ledger.fund(fund);
  const total = agreed("donated", donated, ledger.state.funds[0]?.donated ?? -1n);
  const share = digits(claimsShare(position(donated), claimsShareBps));
  print(
    `   Together ${total} fen, ${share} for claims: floor(${total} × 9000 / 10000), and nothing lost to rounding`,
  );
};

const tellAllocation = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  print("");
  print("2. 5,500 fen are allocated to programme P and 5,500 to programme Q");
  for (const [name, programme] of [
    ["P", p],
    ["Q", q],
  ] as const) {
    await allocate(ledger, programme, fen(5500));
    const { totals } = await ledger.programme(programme);
    const own = ledger.state.programmes[programme - 1]?.totals;
    const reserveIn = agreed("reserve", totals.reserveIn, own?.reserveIn ?? -1n);
    const operationsIn = agreed("operations", totals.operationsIn, own?.operationsIn ?? -1n);
    print(`   ${name}: ${reserveIn} into the claims reserve, ${operationsIn} for operating cost`);
  }
};

/** "B 900, C 3,100": what the contract names as the sources, compared with the protocol's. */
const sourcesText = async (ledger: ExampleLedger, claim: number): Promise<string> => {
  const paid = await paidBy(ledger, claim);
  const payout = ledger.state.payouts.find((record) => record.claim === claimId(claim));
  if (payout === undefined) throw new ExampleDisagreement(`claim ${claim}`, "paid", "not paid");
  const { sources } = runSync(claimSources(payout, undefined, 50), booksOf(ledger.state));
  if (sources.length !== paid.length) {
    throw new ExampleDisagreement(`sources of claim ${claim}`, paid.length, sources.length);
  }
  return paid
    .map(({ name, amount }, index) => {
      const source = sources[index];
      const theirs = source === undefined ? undefined : donors[source.batch - 1]?.name;
      if (theirs !== name) throw new ExampleDisagreement(`a source of claim ${claim}`, name, theirs);
      return `${name} ${agreed(`${name}'s part of claim ${claim}`, amount, source?.amount ?? -1n)}`;
    })
    .join(", ");
};

const tellFirstClaim = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  await approveClaim(ledger, 1, fen(4000));
  await ledger.record("payer", payment(1));
  print("");
  print("3. Claim 1 at P is paid: 4,000 fen from the front of the reserve");
  print(`   Who paid it: ${await sourcesText(ledger, 1)}`);
};

const heldBy = async (ledger: ExampleLedger, who: readonly Donor[]): Promise<readonly Donor[]> => {
  const held: Donor[] = [];
  for (const donor of who) held.push({ name: donor.name, amount: await inReserveOf(ledger, p, donor) });
  return held.filter(({ amount }) => amount > 0n);
};

const tellYearEnd = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  await passYear(ledger);
  const { record, closed } = await ledger.period(p, 1);
  if (!closed) throw new ExampleDisagreement("year 1", "open", "closed");
  const own = rolledOf(ledger);
  const figure = (name: "opening" | "allocated" | "paid" | "closing"): string =>
    agreed(name, record[name], own[name]);
  print("");
  print("4. The year ends");
  print(
    `   P: opening ${figure("opening")} + allocated ${figure("allocated")} − paid ${figure("paid")} = ` +
      `carried forward ${figure("closing")}`,
  );
  const held = await heldBy(ledger, donors.slice(0, 3));
  agreed("carried forward", sum(held), record.closing);
  print(`   Whose money that is: ${held.map(({ name, amount }) => `${name} ${digits(amount)}`).join(", ")}`);
};

const rolledOf = (ledger: ExampleLedger) => {
  const programme = ledger.state.programmes[p - 1];
  const period = programme === undefined ? undefined : rolledTo(programme, ledger.time).periods[0];
  if (period === undefined) throw new ExampleDisagreement("year 1", "declared", "unknown");
  return period.record;
};

const sum = (parts: readonly { readonly amount: Fen }[]): Fen =>
  addFen(zeroFen, ...parts.map(({ amount }) => amount));

const shortfallText = async (ledger: ExampleLedger): Promise<string> => {
  const programme = ledger.state.programmes[p - 1];
  const { shortfall } = await reserve(ledger, p);
  return agreed("shortfall", shortfall, programme === undefined ? -1n : shortfallOf(programme));
};

const tellShortfall = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  await approveClaim(ledger, 2, fen(1200));
  const { available } = await reserve(ledger, p);
  print("");
  print("5. Claim 2 at P is approved for 1,200 fen");
  print(
    `   The reserve holds ${digits(available)}: the claim waits, the shortfall is ${await shortfallText(ledger)}`,
  );
  print(
    `   Paying it now, the contract refuses: ${(await ledger.refusalOf("payer", payment(2))) ?? "nothing"}`,
  );
};

const tellTopUp = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  const donor = donors[3];
  if (donor === undefined) throw new RangeError("there is no fourth donor");
  await give(ledger, donor);
  const before = (await ledger.programme(p)).totals.reserveIn;
  await allocate(ledger, p, donor.amount);
  const added = (await ledger.programme(p)).totals.reserveIn - before;
  const share = claimsBetween(position(11_000n), position(11_278n), claimsShareBps);
  print("");
  print(`6. ${donor.name} gives ${digits(donor.amount)} fen, and they are allocated to P`);
  print(
    `   c(11278) − c(11000) = ${agreed("top-up", added, share)} of them reach the reserve, the shortfall is ${await shortfallText(ledger)}`,
  );
  await ledger.record("payer", payment(2));
  print(`   Claim 2 is paid: ${await sourcesText(ledger, 2)}`);
};

/** The fund's partition, from the slices that the contract answers. */
const partitionByContract = async (ledger: ExampleLedger): Promise<Partition> => {
  const { donated } = await ledger.fund(fund);
  const interval = { start: position(0n), end: position(donated) };
  const slices = await traceInterval(ledger.lensAt, fund, interval);
  const at = (place: Place): Fen => sum(slices.filter((slice) => slice.place === place));
  return {
    total: sum(slices),
    unallocated: at("unallocated"),
    paid: at("paid"),
    inReserve: at("inReserve"),
    operatingSpent: at("operatingSpent"),
    operatingUnspent: at("operatingUnspent"),
  };
};

const tellPartition = async (ledger: ExampleLedger, print: Print): Promise<void> => {
  const contract = await partitionByContract(ledger);
  const line = { start: position(0n), end: position(contract.total) };
  const own = runSync(partitionOf(fund, line), booksOf(ledger.state));
  const figure = (name: keyof Partition): string => agreed(name, contract[name], own[name]);
  print("");
  print("7. Where every fen of the fund is now");
  print(
    `   donated ${figure("total")} = not yet allocated ${figure("unallocated")} + paid ${figure("paid")} + ` +
      `in reserve ${figure("inReserve")} + operating spent ${figure("operatingSpent")} + ` +
      `operating unspent ${figure("operatingUnspent")}`,
  );
  const laws = checkLaws(ledger.state, ledger.time);
  const broken = laws.filter(({ holds }) => !holds).map(({ law }) => law);
  if (broken.length > 0) throw new ExampleDisagreement("laws", "recorded", `broken: ${broken.join(", ")}`);
  print("");
  print("The contract said every figure; the protocol, from the contract's events alone, says the same.");
  print(`Laws held: ${laws.map(({ law }) => law).join(", ")}`);
};
