/**
 * What programmes hold of each fund's money, kept up to date event by event, so that the parts of a fund need no walk
 * over its allocations. Every position of a line came from one fund, whatever recoveries and moves it went through;
 * the positions behind the line's spent front are the money that is still there. What a fund allocated and no
 * programme holds, is paid or spent.
 */

import type { Fen } from "../../protocol/amounts.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { EventPlace } from "../../protocol/ledger/events.ts";
import type {
  AllocationRecord,
  LedgerState,
  MoveRecord,
  RecoveryRecord,
} from "../../protocol/ledger/records.ts";

import type { LineName } from "./codecs/hops.ts";
import { OriginLine } from "./origin-line.ts";
import type { Run } from "./origin-line.ts";

export interface Holding {
  readonly fund: FundId;
  readonly programme: ProgrammeId;
  readonly inReserve: Fen;
  readonly operatingUnspent: Fen;
}

type Inflow =
  | { readonly kind: "allocation"; readonly record: AllocationRecord }
  | { readonly kind: "recovery"; readonly record: RecoveryRecord }
  | { readonly kind: "move"; readonly record: MoveRecord };

interface Lines {
  readonly reserve: OriginLine;
  readonly operations: OriginLine;
}

const isBefore = (one: EventPlace, other: EventPlace): number =>
  one.blockNumber - other.blockNumber || one.logIndex - other.logIndex;

export class Holdings {
  readonly #lines = new Map<ProgrammeId, Lines>();
  readonly #changed = new Map<string, readonly [FundId, ProgrammeId]>();

  /** Of books as they stand: the inflows of all lines again in their order, up to the fronts of now. */
  static of(state: LedgerState): Holdings {
    const holdings = new Holdings();
    const inflows: readonly Inflow[] = [
      ...state.allocations.map((record) => ({ kind: "allocation", record }) as const),
      ...state.recoveries.map((record) => ({ kind: "recovery", record }) as const),
      ...state.moves.map((record) => ({ kind: "move", record }) as const),
    ].toSorted((one, other) => isBefore(one.record.place, other.record.place));
    for (const inflow of inflows) {
      if (inflow.kind === "allocation") holdings.allocated(inflow.record);
      else if (inflow.kind === "recovery") holdings.recovered(inflow.record);
      else holdings.moved(inflow.record);
    }
    for (const { programme, totals } of state.programmes) {
      holdings.taken(programme, "reserve", totals.reserveSpent);
      holdings.taken(programme, "operations", totals.operationsOut);
    }
    holdings.#changed.clear();
    return holdings;
  }

  allocated({ fund, programme, amount, claimsAmount }: AllocationRecord): void {
    this.#append(programme, "reserve", [{ fund, amount: claimsAmount }]);
    this.#append(programme, "operations", [{ fund, amount: amount - claimsAmount }]);
  }

  recovered({ programme, sourceStart, amount }: RecoveryRecord): void {
    const { reserve } = this.#of(programme);
    this.#append(programme, "reserve", reserve.between(sourceStart, sourceStart + amount));
  }

  moved({ from, to, ...move }: MoveRecord): void {
    const { reserve, operations } = this.#of(from);
    const [reserveEnd, operationsEnd] = [
      move.reserveFrom + move.reserveAmount,
      move.operationsFrom + move.operationsAmount,
    ];
    this.#append(to, "reserve", reserve.between(move.reserveFrom, reserveEnd));
    this.#append(to, "operations", operations.between(move.operationsFrom, operationsEnd));
    this.taken(from, "reserve", reserveEnd);
    this.taken(from, "operations", operationsEnd);
  }

  /** All of a line up to `front` is taken; it may lie past the line's end, and then takes what comes next. */
  taken(programme: ProgrammeId, line: LineName, front: bigint): void {
    for (const { fund } of this.#of(programme)[line].takeUpTo(front)) this.#note(fund, programme);
  }

  /** The holdings that changed since the last call. */
  takeChanged(): readonly Holding[] {
    const changed = [...this.#changed.values()].map(([fund, programme]) => this.holding(fund, programme));
    this.#changed.clear();
    return changed;
  }

  holding(fund: FundId, programme: ProgrammeId): Holding {
    const { reserve, operations } = this.#of(programme);
    return {
      fund,
      programme,
      inReserve: reserve.left(fund),
      operatingUnspent: operations.left(fund),
    };
  }

  #append(programme: ProgrammeId, line: LineName, runs: readonly Run[]): void {
    for (const run of runs) {
      this.#of(programme)[line].append(run);
      this.#note(run.fund, programme);
    }
  }

  #note(fund: FundId, programme: ProgrammeId): void {
    this.#changed.set(`${fund} ${programme}`, [fund, programme]);
  }

  #of(programme: ProgrammeId): Lines {
    const known = this.#lines.get(programme);
    if (known !== undefined) return known;
    const lines = { reserve: new OriginLine(), operations: new OriginLine() };
    this.#lines.set(programme, lines);
    return lines;
  }
}
