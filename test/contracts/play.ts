/** Plays a history of the model on the real ledger, and reads back what it emitted. */
import { decodeLedgerLog } from "../../chain/decode.ts";
import type { RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import { PerFenModel } from "../model/per-fen.ts";
import { timedVerbs } from "../model/verbs.ts";
import type { History, LedgerVerb } from "../model/verbs.ts";
import { auditAct, moneyAct } from "./acts.ts";
import type { Act } from "./acts.ts";
import { chain } from "./chain.ts";
import { claimAct } from "./claim-acts.ts";
import type { Stage } from "./stage.ts";

const actOf = (model: PerFenModel, verb: LedgerVerb): Act | Promise<Act> => {
  switch (verb.verb) {
    case "openProgramme":
    case "openFund":
    case "declarePeriod":
    case "closePeriod":
    case "recordBatch":
    case "allocate":
    case "expense":
    case "move":
    case "refund":
    case "coverRefund":
      return moneyAct(model, verb);
    case "declareInsurers":
    case "appendRoster":
    case "file":
    case "grant":
    case "withdraw":
    case "approve":
    case "reject":
    case "hold":
    case "release":
    case "cancel":
    case "pay":
    case "recover":
      return claimAct(model, verb);
    case "attest":
    case "openFinding":
    case "answerFinding":
    case "closeFinding":
    case "confirm":
    case "correct":
    case "noteHead":
      return auditAct(verb);
  }
};

/**
 * Every verb lands at its own block time; a refusal names the verb that was refused. `pause` is called with the model
 * as it stands after that many verbs, when the chain stands there too.
 */
export const playHistory = async (
  stage: Stage,
  history: History,
  endsAt: UnixSeconds,
  pause?: { readonly after: number; readonly call: (model: PerFenModel, now: UnixSeconds) => Promise<void> },
): Promise<void> => {
  const model = new PerFenModel(history.startsAt);
  for (const [index, { at, verb }] of timedVerbs(history).entries()) {
    const [actor, asked] = await actOf(model, verb);
    chain.nextAt(at);
    try {
      await stage.act(actor, asked);
    } catch (error) {
      const facts = JSON.stringify(verb, (_, value) => (typeof value === "bigint" ? `${value}` : value));
      throw new Error(`refused at ${at}: ${facts}`, { cause: error });
    }
    model.apply(at, verb);
    if (index + 1 === pause?.after) await pause.call(model, at);
  }
  await chain.mineAt(endsAt);
};

/** Every event of the ledger since it was deployed, as the protocol reads them. */
export const recordedEvents = async ({ ledger }: Stage): Promise<readonly RecordedEvent[]> =>
  (await chain.logsOf(ledger)).flatMap(({ log, place }) => {
    const event = decodeLedgerLog(log);
    return event === undefined ? [] : [{ event, place }];
  });
