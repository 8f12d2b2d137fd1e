/** The books of the per-fen model: plain lists in the order of recording, looked through from end to end. */
import type { Bytes32 } from "../../protocol/ids.ts";
import { bytes32 } from "../../protocol/ids.ts";
import type { FindingState } from "../../protocol/ledger/events.ts";
import type { ClaimState } from "../../protocol/ledger/events.ts";
import type { BenefitKind, Reason, UnixSeconds } from "../../protocol/ledger/events.ts";
import { InsurersInARow } from "./fens.ts";
import type { Fen, Line, Place } from "./fens.ts";
import type { VerbOf } from "./verbs.ts";

export interface ModelFund {
  readonly verb: VerbOf<"openFund">;
  readonly fens: Fen[];
  allocated: number;
  /** Counts up by the share with every allocated fen; a fen that makes it overflow is a claims fen. */
  share: number;
}

/** What a close record adds up, one entry for each time that it happened. */
export type Flow =
  | "allocated"
  | "movedIn"
  | "movedOut"
  | "recovered"
  | "paid"
  | "operationsIn"
  | "operationsMovedIn"
  | "operationsMovedOut"
  | "expenses";

export interface ModelPeriod {
  readonly verb: VerbOf<"declarePeriod">;
  insurers:
    { readonly shares: readonly number[]; paid: InsurersInARow; recovered: InsurersInARow } | undefined;
  /** Of claims whose policy period this is, whenever it happened. */
  paid: number;
  recovered: number;
}

export interface ModelProgramme {
  readonly verb: VerbOf<"openProgramme">;
  readonly periods: ModelPeriod[];
  readonly reserve: Line;
  readonly operations: Line;
  readonly flows: { readonly at: UnixSeconds; readonly flow: Flow; readonly amount: number }[];
  approvals: number;
  closed: number;
  /** The fallback of the restricted funds that it accepted; 0 for none. */
  fallbackTo: number;
}

/** What is known of a claim from a moment on. */
export interface ClaimMoment {
  readonly at: UnixSeconds;
  readonly state: ClaimState;
  /** What is owed or was paid last. */
  readonly approved: number;
}

export interface ModelClaim {
  readonly claim: number;
  readonly programme: number;
  readonly policyPeriod: number;
  /** 0 for a grant. */
  readonly roster: number;
  readonly person: Bytes32;
  /** 0 for a grant. */
  readonly incidentFrom: UnixSeconds;
  readonly toTheMinute: boolean;
  readonly requested: number;
  readonly benefit: BenefitKind;
  /** The claim that a grant follows; 0 for a claim of its own. */
  readonly aidOf: number;
  /** Oldest first. */
  readonly moments: ClaimMoment[];
  /** Everything that happened to it, such as `recovered 12`. */
  readonly steps: string[];
  remaining: number;
  queueNumber: number;
  reason: Reason | undefined;
}

export interface ModelPayout {
  readonly payout: number;
  readonly claim: number;
  readonly reserveStart: number;
  /** Where its fen stood when it took them. */
  readonly places: readonly Place[];
  /** What of the policy period's claims was paid before. */
  readonly policyStart: number;
  /** What each insurer bears of it; empty where none is declared. */
  readonly parts: readonly number[];
  /** How many of its fen came back, from the front. */
  recovered: number;
}

export interface ModelRecovery {
  readonly recovery: number;
  readonly payout: number;
  readonly offset: number;
  readonly amount: number;
  readonly reserveStart: number;
  readonly returned: boolean;
  readonly policyStart: number;
  readonly parts: readonly number[];
}

export interface ModelRefund {
  readonly refund: number;
  readonly batch: number;
  readonly index: number;
  readonly fens: readonly Fen[];
  /** The channel of the foundation's own payment. */
  covered: string | undefined;
}

const known = <Item>(kind: string, id: number, items: readonly Item[]): Item => {
  const item = items[id - 1];
  if (item === undefined) throw new RangeError(`no ${kind} ${id}`);
  return item;
};

export class ModelBooks {
  readonly funds: ModelFund[] = [];
  readonly programmes: ModelProgramme[] = [];
  readonly batches: VerbOf<"recordBatch">[] = [];
  readonly rosters: VerbOf<"appendRoster">[] = [];
  readonly claims: ModelClaim[] = [];
  readonly payouts: ModelPayout[] = [];
  readonly recoveries: ModelRecovery[] = [];
  readonly refunds: ModelRefund[] = [];
  readonly moves: VerbOf<"move">[] = [];
  readonly findings: FindingState[] = [];
  allocations = 0;
  expenses = 0;
  attestations = 0;
  confirmations = 0;
  corrections = 0;
  #digests = 0;

  /** Another value each time, for what the books only carry: operations, documents, references. */
  digest(): Bytes32 {
    this.#digests += 1;
    return bytes32(`0x${this.#digests.toString(16).padStart(64, "0")}`);
  }

  fund(id: number): ModelFund {
    return known("fund", id, this.funds);
  }

  programme(id: number): ModelProgramme {
    return known("programme", id, this.programmes);
  }

  policyPeriod(programme: number, period: number): ModelPeriod {
    return known("period", period, this.programme(programme).periods);
  }

  claim(id: number): ModelClaim {
    return known("claim", id, this.claims);
  }

  payout(id: number): ModelPayout {
    return known("payout", id, this.payouts);
  }

  roster(id: number): VerbOf<"appendRoster"> {
    return known("roster", id, this.rosters);
  }

  /** Where a claim stands, now or before a moment; undefined where it was not yet filed. */
  momentOf(claim: ModelClaim, before = Number.POSITIVE_INFINITY): ClaimMoment | undefined {
    return claim.moments.filter(({ at }) => at < before).at(-1);
  }

  stateOf(claim: ModelClaim): ClaimState {
    return this.momentOf(claim)?.state ?? "filed";
  }

  approvedOf(claim: ModelClaim): number {
    return this.momentOf(claim)?.approved ?? 0;
  }

  claimsOf(programme: number): readonly ModelClaim[] {
    return this.claims.filter((claim) => claim.programme === programme);
  }

  openClaims(programme: number): readonly ModelClaim[] {
    return this.claimsOf(programme).filter((claim) =>
      ["filed", "approved", "onHold"].includes(this.stateOf(claim)),
    );
  }

  /** The payable claims in queue order. */
  queue(programme: number): readonly number[] {
    return this.claimsOf(programme)
      .filter((claim) => this.stateOf(claim) === "approved")
      .toSorted((one, other) => one.queueNumber - other.queueNumber)
      .map(({ claim }) => claim);
  }

  /** What of a person's cover in a policy period is taken: approved and unpaid + paid - recovered. */
  committed(programme: number, policyPeriod: number, person: Bytes32): number {
    return this.claimsOf(programme)
      .filter((claim) => claim.policyPeriod === policyPeriod && claim.person === person)
      .reduce((sum, claim) => sum + this.#promisedTo(claim), 0);
  }

  /** What aid programmes granted of what a claim has left. */
  granted(claim: number): number {
    return this.claims
      .filter(({ aidOf }) => aidOf === claim)
      .reduce((sum, grant) => sum + this.#promisedTo(grant), 0);
  }

  payoutsOf(claim: number): readonly ModelPayout[] {
    return this.payouts.filter((payout) => payout.claim === claim);
  }

  #promisedTo(claim: ModelClaim): number {
    const owed = ["approved", "onHold"].includes(this.stateOf(claim)) ? this.approvedOf(claim) : 0;
    return this.payoutsOf(claim.claim).reduce(
      (sum, { places, recovered }) => sum + places.length - recovered,
      owed,
    );
  }
}
