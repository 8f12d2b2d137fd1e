/**
 * Once a day the gateway notes its newest block on the chain itself, in the recorder's name: the foundation's own voice,
 * not the auditor's. Whoever keeps a receipt or an attestation of a later day holds that note, and with it the history
 * up to that block. A day on which nothing was recorded has none.
 */
import { dayOf } from "../../protocol/calendar.ts";
import type { DayNumber } from "../../protocol/ledger/events.ts";
import { noteHeadAs } from "./audit.ts";
import type { Counter } from "./counter.ts";

export interface DailyNotesOptions {
  readonly counter: Counter;
  /** Whether the ledger recorded something after its newest note. */
  readonly isUnnoted: () => Promise<boolean>;
  /** For the log. */
  readonly onTrouble: (error: unknown) => void;
}

/** Between two looks at the clock. */
const lookMs = 60_000;

export class DailyNotes {
  readonly #options: DailyNotesOptions;
  #noted: DayNumber | undefined;
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<unknown> = Promise.resolve();

  constructor(options: DailyNotesOptions) {
    this.#options = options;
  }

  /**
   * Notes the head where this day (Asia/Shanghai) has no note and there is something new; answers the operation. The day
   * is the idempotency key: neither a restart nor another gateway of the same books notes it twice.
   */
  async look(): Promise<string | undefined> {
    const { counter, isUnnoted } = this.#options;
    const day = dayOf(counter.parts.now());
    if (day === this.#noted || !(await isUnnoted())) return undefined;
    const asking = { asker: "gateway", idempotencyKey: `head-note:${day}` };
    const operation = await noteHeadAs(counter, "recorder", { day }, asking);
    this.#noted = day;
    return operation;
  }

  /** Looks now and every minute. */
  start(): void {
    this.#look = this.look().catch(this.#options.onTrouble);
    this.#timer = setTimeout(() => this.start(), lookMs).unref();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#look;
  }
}
