/** Asks a ledger ahead of the steps that need the answers, so that they travel together; each question is asked once. */
import type { DonationPlace } from "../receipt/types.ts";
import type { LedgerReader } from "./ports.ts";

/** A question's answer, asked for at the first call of the same arguments. */
const once = <Asked extends readonly number[], Answer>(
  ask: (...asked: Asked) => Promise<Answer>,
): ((...asked: Asked) => Promise<Answer>) => {
  const answers = new Map<string, Promise<Answer>>();
  return (...asked) => {
    const key = asked.join(" ");
    const answer = answers.get(key) ?? ask(...asked);
    answers.set(key, answer);
    return answer;
  };
};

/** The same ledger, which remembers what it answered. */
const remembering = ({ stored, ...ledger }: LedgerReader): LedgerReader => ({
  fundOpened: once(ledger.fundOpened),
  batchRecorded: once(ledger.batchRecorded),
  allocationsOf: once(ledger.allocationsOf),
  payoutsOf: once(ledger.payoutsOf),
  expensesOf: once(ledger.expensesOf),
  recoveriesOf: once(ledger.recoveriesOf),
  movesFrom: once(ledger.movesFrom),
  refundsOf: once(ledger.refundsOf),
  notesOf: once(ledger.notesOf),
  stored: {
    ledger: once(stored.ledger),
    batch: once(stored.batch),
    fund: once(stored.fund),
    programme: once(stored.programme),
    refunded: once(stored.refunded),
  },
});

/** Nobody waits for it: the step that needs the answer meets the failure. */
const ahead = (answer: Promise<unknown>): void => void answer.catch(() => undefined);

/** Questions that every check of this donation will ask are under way when this returns. */
export const askedAhead = ({ batch, index }: DonationPlace, given: LedgerReader): LedgerReader => {
  const ledger = remembering(given);
  ahead(ledger.batchRecorded(batch.batch));
  ahead(ledger.stored.batch(batch.batch));
  ahead(ledger.fundOpened(batch.fund));
  ahead(ledger.stored.fund(batch.fund));
  ahead(ledger.refundsOf(batch.batch, index));
  ahead(ledger.stored.refunded(batch.batch, index));
  ahead(ledger.allocationsOf(batch.fund));
  return ledger;
};
