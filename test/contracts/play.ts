/** Plays a history of the model on the real ledger, and reads back what it emitted. */
import { decodeLedgerLog } from "../../chain/decode.ts";
import { fen } from "../../protocol/amounts.ts";
import { bytes32 } from "../../protocol/ids.ts";
import type { RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import { timedVerbs } from "../model/verbs.ts";
import type { History, LedgerVerb } from "../model/verbs.ts";
import type { TestBooks } from "./books.ts";
import type { Receipt } from "./chain.ts";

const playVerb = (books: TestBooks, verb: LedgerVerb): Promise<Receipt> => {
  switch (verb.verb) {
    case "openProgramme":
      return books.openProgramme(verb);
    case "openFund":
      return books.openFund(verb);
    case "declarePeriod":
      return books.declarePeriod(verb);
    case "recordBatch": {
      const leaves = verb.leaves.map(({ amount, commitment }) => ({
        amount: fen(amount),
        commitment: bytes32(commitment),
      }));
      return books.record({ fund: verb.fund, channel: verb.channel, day: verb.day, leaves });
    }
    case "allocate":
      return books.allocate(verb);
    case "expense":
      return books.spend(verb);
    case "file":
      return books.file({ ...verb, person: bytes32(verb.person) });
    case "approve":
      return books.approve(verb.claim, verb);
    case "pay":
      return books.pay(verb.claim);
    case "closePeriod":
      return books.close(verb.programme, verb.max);
  }
};

/** Every verb lands at its own block time; a refusal names the verb that was refused. */
export const playHistory = async (books: TestBooks, history: History, endsAt: UnixSeconds): Promise<void> => {
  for (const { at, verb } of timedVerbs(history)) {
    books.chain.nextAt(at);
    try {
      await playVerb(books, verb);
    } catch (error) {
      const facts = JSON.stringify(verb, (_, value) => (typeof value === "bigint" ? `${value}` : value));
      throw new Error(`refused at ${at}: ${facts}`, { cause: error });
    }
  }
  await books.chain.mineAt(endsAt);
};

/** Every event of the ledger since it was deployed, as the protocol reads them. */
export const recordedEvents = async (books: TestBooks): Promise<readonly RecordedEvent[]> =>
  (await books.chain.logsOf(books.ledger)).flatMap(({ log, place }) => {
    const event = decodeLedgerLog(log);
    return event === undefined ? [] : [{ event, place }];
  });
