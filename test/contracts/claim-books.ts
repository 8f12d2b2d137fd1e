/** The verbs of rosters, insurers, claims and recoveries, with defaults. */
import type { Bytes32 } from "../../protocol/ids.ts";
import { packShares } from "../../chain/coding.ts";
import { benefitKinds } from "../../protocol/ledger/events.ts";
import type { BenefitKind, UnixSeconds } from "../../protocol/ledger/events.ts";
import type { Who } from "./actors.ts";
import type { Receipt } from "./chain.ts";
import { digest, peopleOf, rosterOf } from "./given.ts";
import type { Insured } from "./given.ts";
import { MoneyBooks } from "./money-books.ts";
import type { By } from "./money-books.ts";

/** So many people stand on the rosters that tests do not spell out; each claim is the next one's. */
const peopleOnARoster = 24;

interface Roster {
  readonly id: number;
  readonly programme: number;
  readonly policyPeriod: number;
  readonly lines: readonly Insured[];
  readonly tree: ReturnType<typeof rosterOf>;
  filed: number;
}

const bigintOr = (value: bigint | number | undefined, fallback: bigint): bigint =>
  value === undefined ? fallback : BigInt(value);

export class ClaimBooks extends MoneyBooks {
  #rosters: Roster[] = [];

  /** The books are empty again: what was enrolled is not there any more. */
  forget(): void {
    this.#rosters = [];
  }

  /** Answers with a way back to the books as they are now; it works again and again, but not past `emptyBooks`. */
  async keep(): Promise<() => Promise<void>> {
    const rosters = [...this.#rosters];
    let snapshot = await this.chain.snapshot();
    return async () => {
      snapshot = await this.chain.restore(snapshot);
      this.#rosters = [...rosters];
    };
  }

  /** A roster of these people, or of 24 who are insured for the whole period; answers like any other verb. */
  async enrol(
    change: By & {
      readonly programme?: number;
      readonly policyPeriod?: number;
      readonly lines?: readonly Insured[];
      readonly root?: Bytes32;
      readonly count?: bigint;
      readonly premiumPerHead?: bigint;
      readonly denominator?: bigint;
    } = {},
  ): Promise<Receipt> {
    const { as = "coordinator", operation = digest(), programme = 1, policyPeriod = 1 } = change;
    const lines = change.lines ?? (await this.#insuredIn(programme, policyPeriod));
    const tree = rosterOf(lines);
    const { root = tree.root, count = BigInt(lines.length) } = change;
    const { premiumPerHead = 3000n, denominator = 1_000_000n } = change;
    const published = [count, premiumPerHead, denominator] as const;
    const receipt = await this.done(
      this.as(as).appendRoster([operation, programme, policyPeriod, root, ...published]),
    );
    const id = Number(receipt.logs.at(-1)?.topics[1]);
    this.#rosters.push({ id, programme, policyPeriod, lines, tree, filed: 0 });
    return receipt;
  }

  insure(
    change: {
      readonly as?: Who;
      readonly programme?: number;
      readonly policyPeriod?: number;
      readonly shares?: readonly number[] | bigint;
      readonly document?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "treasurer", programme = 1, policyPeriod = 1, shares = [6000, 4000] } = change;
    const word = typeof shares === "bigint" ? shares : packShares(shares);
    const { document = digest() } = change;
    return this.done(this.as(as).declareInsurers([programme, policyPeriod, word, document]));
  }

  /**
   * A claim of the next person on the latest roster of programme and period, of `line`, or of whatever is given in
   * its place.
   */
  async file(
    change: By & {
      readonly programme?: number;
      readonly policyPeriod?: number;
      readonly roster?: number;
      readonly line?: number;
      readonly person?: Bytes32;
      readonly from?: UnixSeconds;
      readonly to?: UnixSeconds;
      readonly proof?: readonly Bytes32[];
      readonly incidentFrom?: UnixSeconds;
      readonly requested?: bigint | number;
      readonly benefit?: BenefitKind;
      readonly evidence?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "coordinator", operation = digest(), benefit = "cash", evidence = digest() } = change;
    const roster = await this.#rosterFor(change);
    const line = roster.lines[change.line ?? roster.filed % roster.lines.length];
    if (line === undefined) throw new RangeError(`no line ${change.line} on roster ${roster.id}`);
    roster.filed += 1;
    const { person = line.person, from = line.from, to = line.to, incidentFrom = line.from } = change;
    const proof = change.proof ?? roster.tree.proof(line);
    const proven = [change.roster ?? roster.id, person, from, to, proof] as const;
    const asked = [bigintOr(change.requested, 1000n), benefitKinds.indexOf(benefit), evidence] as const;
    return this.done(this.as(as).fileClaim([operation, ...proven, incidentFrom, ...asked]));
  }

  grant(
    aidOf: number,
    change: By & {
      readonly programme?: number;
      readonly policyPeriod?: number;
      readonly requested?: bigint | number;
      readonly benefit?: BenefitKind;
      readonly evidence?: Bytes32;
    } = {},
  ): Promise<Receipt> {
    const { as = "coordinator", operation = digest(), programme = 3, policyPeriod = 1 } = change;
    const { benefit = "cash", evidence = digest() } = change;
    const asked = [bigintOr(change.requested, 1000n), benefitKinds.indexOf(benefit), evidence] as const;
    return this.done(this.as(as).fileGrant([operation, programme, policyPeriod, aidOf, ...asked]));
  }

  withdraw(claim: number, as: Who = "coordinator"): Promise<Receipt> {
    return this.done(this.as(as).withdrawClaim([claim]));
  }

  approve(
    claim: number,
    change: { readonly as?: Who; readonly amount?: bigint | number; readonly remaining?: bigint } = {},
  ): Promise<Receipt> {
    const { as = "adjudicator", remaining = 0n } = change;
    const amount = bigintOr(change.amount, 1000n);
    return this.done(this.as(as).approveClaim([claim, amount, remaining]));
  }

  reject(claim: number, reason = 1, as: Who = "adjudicator"): Promise<Receipt> {
    return this.done(this.as(as).rejectClaim([claim, reason]));
  }

  hold(claim: number, reason = 1, as: Who = "adjudicator"): Promise<Receipt> {
    return this.done(this.as(as).holdClaim([claim, reason]));
  }

  release(claim: number, after = 0, as: Who = "adjudicator"): Promise<Receipt> {
    return this.done(this.as(as).releaseClaim([claim, after]));
  }

  cancel(claim: number, reason = 1, as: Who = "adjudicator"): Promise<Receipt> {
    return this.done(this.as(as).cancelClaim([claim, reason]));
  }

  pay(
    claim: number,
    change: { readonly as?: Who; readonly paymentReference?: Bytes32 } = {},
  ): Promise<Receipt> {
    const { as = "payer", paymentReference = digest() } = change;
    return this.done(this.as(as).payClaim([claim, paymentReference]));
  }

  /** Money of a payout that came back. */
  recover(
    payout: number,
    change: By & {
      readonly amount: bigint | number;
      readonly returned?: boolean;
      readonly after?: number;
      readonly evidence?: Bytes32;
    },
  ): Promise<Receipt> {
    const { as = "payer", operation = digest(), returned = false, after = 0, evidence = digest() } = change;
    const came = [BigInt(change.amount), returned, after, evidence] as const;
    return this.done(this.as(as).recoverPayout([operation, payout, ...came]));
  }

  /** The bank returned all that is left of a payout. */
  async giveBack(payout: number, after = 0): Promise<Receipt> {
    const { amount, recovered } = await this.lens.read.payout([payout]);
    return this.recover(payout, { amount: amount - recovered, returned: true, after });
  }

  async #insuredIn(programme: number, policyPeriod: number): Promise<readonly Insured[]> {
    const declared = (await this.lens.read.programme([programme])).declaredPeriods;
    // Anybody, where nobody can be enrolled: the ledger says why.
    if (policyPeriod < 1 || policyPeriod > declared) return peopleOf(1, 0, 60);
    const { start, end } = await this.lens.read.period([programme, policyPeriod]);
    return peopleOf(peopleOnARoster, start, end, `person of ${programme}/${policyPeriod}`);
  }

  async #rosterFor(change: {
    readonly programme?: number;
    readonly policyPeriod?: number;
    readonly roster?: number;
  }): Promise<Roster> {
    const { programme = 1, policyPeriod = 1, roster } = change;
    const find = () =>
      this.#rosters.findLast((known) =>
        roster === undefined
          ? known.programme === programme && known.policyPeriod === policyPeriod
          : known.id === roster,
      );
    const known = find() ?? (roster === undefined ? undefined : this.#rosters.at(-1));
    if (known !== undefined) return known;
    await this.enrol({ programme, policyPeriod });
    return find() ?? expectRoster();
  }
}

const expectRoster = (): never => {
  throw new RangeError("nobody was enrolled");
};
