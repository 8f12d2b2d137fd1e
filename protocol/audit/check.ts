/** One check under way: it counts what it compared and names what differs. */
import type { EventPlace } from "../ledger/events.ts";
import { checks, type CheckId, type CheckWords } from "./checks.ts";

export type Fact = bigint | number | string | boolean;
/** The figures of one record, by name. */
export type Facts = Readonly<Record<string, Fact>>;

/** One difference, named as what it is. */
export interface Finding {
  readonly check: CheckId;
  /** The record that it is about, such as `payout 17`. */
  readonly subject: string;
  /** What of it differs, such as `amount`. */
  readonly fact: string;
  readonly expected: string;
  readonly actual: string;
  readonly sentence: string;
  /** Where the log stands that it is about. */
  readonly place?: EventPlace;
}

export type CheckStatus =
  | "holds"
  | "broken"
  /** Could not be carried out, or not to its end. */
  | "unfinished"
  /** Was not asked for, or cannot be asked of what was given. */
  | "notChecked";

export interface CheckResult {
  readonly check: CheckId;
  readonly title: string;
  readonly status: CheckStatus;
  readonly checked: number;
  readonly unit: string;
  readonly findings: readonly Finding[];
  /** Findings beyond those listed. */
  readonly unlisted: number;
  /** Why it is unfinished or not checked, or what it leaves open. */
  readonly notes: readonly string[];
}

/** More findings than these are counted only: a forged history would name every record. */
const mostFindings = 50;

/** Amounts and positions as people read them, 1,234,567; numbers are ids, days and counts, and stay as they are. */
const shown = (fact: Fact): string =>
  typeof fact === "bigint" ? fact.toLocaleString("en-US") : String(fact);

export class Check {
  readonly id: CheckId;
  readonly #words: CheckWords;
  readonly #findings: Finding[] = [];
  readonly #notes: string[] = [];
  #checked = 0;
  #broken = 0;
  #open: "unfinished" | "notChecked" | undefined;

  constructor(id: CheckId) {
    this.id = id;
    this.#words = checks[id];
  }

  counted(amount = 1): void {
    this.#checked += amount;
  }

  /** Holds one figure of two witnesses against each other. */
  equal(subject: string, fact: string, expected: Fact, actual: Fact, place?: EventPlace): void {
    if (expected !== actual) this.differs(subject, fact, expected, actual, place);
  }

  /** Holds every expected figure against what was found; one that is absent differs. */
  same(subject: string, expected: Facts, actual: Facts, place?: EventPlace): void {
    for (const [fact, value] of Object.entries(expected)) {
      this.equal(subject, fact, value, actual[fact] ?? "nothing", place);
    }
  }

  differs(subject: string, fact: string, expected: Fact, actual: Fact, place?: EventPlace): void {
    const { expectedBy, actualBy } = this.#words;
    const words = `${subject}: ${fact}: ${actualBy} ${shown(actual)}, ${expectedBy} ${shown(expected)}`;
    this.#add({ subject, fact, expected: String(expected), actual: String(actual) }, words, place);
  }

  /** A finding that is no pair of figures: `sentence` says it whole. */
  says(subject: string, fact: string, sentence: string, place?: EventPlace): void {
    this.#add({ subject, fact, expected: "", actual: "" }, sentence, place);
  }

  /** Was begun and could not be brought to an end. */
  unfinished(reason: string): void {
    this.#open = "unfinished";
    this.note(reason);
  }

  notChecked(reason: string): void {
    this.#open = "notChecked";
    this.note(reason);
  }

  note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  result(): CheckResult {
    const { title, unit } = this.#words;
    return {
      check: this.id,
      title,
      status: this.#broken > 0 ? "broken" : (this.#open ?? "holds"),
      checked: this.#checked,
      unit,
      findings: this.#findings,
      unlisted: this.#broken - this.#findings.length,
      notes: this.#notes,
    };
  }

  #add(
    facts: Pick<Finding, "subject" | "fact" | "expected" | "actual">,
    sentence: string,
    place: EventPlace | undefined,
  ): void {
    this.#broken += 1;
    if (this.#findings.length >= mostFindings) return;
    const at = place === undefined ? "" : ` (block ${place.blockNumber}, log ${place.logIndex})`;
    this.#findings.push({
      check: this.id,
      ...facts,
      sentence: `${sentence}${at}`,
      ...(place === undefined ? {} : { place }),
    });
  }
}

/** The checks of one audit, each made once. */
export class Checks {
  readonly #made = new Map<CheckId, Check>();

  of(id: CheckId): Check {
    const check = this.#made.get(id) ?? new Check(id);
    this.#made.set(id, check);
    return check;
  }

  /** In the order of the list of all checks, those that nobody touched left out. */
  results(): readonly CheckResult[] {
    const order = Object.keys(checks);
    return [...this.#made.values()]
      .toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
      .map((check) => check.result());
  }
}
