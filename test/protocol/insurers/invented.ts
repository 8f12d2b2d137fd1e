/** Shares, sums and movements for the tests of co-insurance. */
import { fen } from "../../../protocol/amounts.ts";
import { bytes32, claimId, payoutId, periodNumber, recoveryId } from "../../../protocol/ids.ts";
import { countersAfter, noCounters } from "../../../protocol/insurers/movements.ts";
import type { Counters, Movement } from "../../../protocol/insurers/movements.ts";
import { mostInsurers, readShares, wholeBps } from "../../../protocol/insurers/split.ts";
import type { Shares } from "../../../protocol/insurers/split.ts";
import type { EventPlace } from "../../../protocol/ledger/events.ts";
import type { Random } from "../../model/random.ts";

export const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

/** 1 to 16 insurers; some with 1 basis point only, and the large ones anywhere. */
export const randomShares = (random: Random): Shares => {
  const insurers = random.between(1, mostInsurers);
  const cuts = new Set<number>();
  while (cuts.size < insurers - 1) {
    cuts.add(random.chance(3) ? random.between(1, 20) : random.between(1, wholeBps - 1));
  }
  const ends = [...cuts].sort((one, other) => one - other).concat(wholeBps);
  const shares = ends.map((end, at) => end - (ends[at - 1] ?? 0));
  const turn = random.between(0, insurers - 1);
  return readShares([...shares.slice(turn), ...shares.slice(0, turn)]);
};

const place = (number: number): EventPlace => ({
  blockNumber: 100 + number,
  blockTime: 1_900_000_000 + number,
  transactionHash: bytes32(`0x${number.toString(16).padStart(64, "0")}`),
  logIndex: number % 3,
});

/** Builds the movements of one policy period as the ledger would record them. */
export class MovementBook {
  readonly movements: Movement[] = [];
  counters: Counters = noCounters;
  #payouts = 0;

  #add(movement: Movement): void {
    this.counters = countersAfter(this.counters, movement, this.movements.length);
    this.movements.push(movement);
  }

  #common(amount: number | bigint, cashPeriod: number, payout: number): Omit<Movement, "kind" | "before"> {
    return {
      payout: payoutId(payout),
      claim: claimId(payout),
      cashPeriod: periodNumber(cashPeriod),
      amount: fen(amount),
      at: place(this.movements.length),
    };
  }

  pay(amount: number | bigint, cashPeriod = 1): void {
    this.#payouts += 1;
    const common = this.#common(amount, cashPeriod, this.#payouts);
    this.#add({ ...common, kind: "payout", before: this.counters.paid });
  }

  recover(amount: number | bigint, cashPeriod = 1): void {
    const common = this.#common(amount, cashPeriod, this.#payouts);
    const recovery = 1 + this.movements.filter(({ kind }) => kind === "recovery").length;
    this.#add({
      ...common,
      kind: "recovery",
      recovery: recoveryId(recovery),
      before: this.counters.recovered,
    });
  }
}

/** Some 30 payouts and recoveries over up to four cash periods. */
export const randomBook = (random: Random): MovementBook => {
  const book = new MovementBook();
  let cashPeriod = random.between(1, 3);
  const most = random.between(0, 30);
  for (let number = 0; number < most; number += 1) {
    if (random.chance(8)) cashPeriod += 1;
    const left = Number(book.counters.paid - book.counters.recovered);
    if (left > 0 && random.chance(3)) book.recover(random.between(1, left), cashPeriod);
    else book.pay(random.pick([1, 2, random.between(1, 60), random.between(1, 40_000)]), cashPeriod);
  }
  return book;
};
