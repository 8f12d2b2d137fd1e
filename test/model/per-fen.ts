/**
 * The oracle: the ledger played with one object per fen. It is slow and simple on purpose, and shares no rule with
 * protocol/lines, protocol/trace or the reducers. It emits the events that the contract would emit, with every figure
 * counted.
 */
import { actorId, address } from "../../protocol/ids.ts";
import type { LedgerEvent, RecordedEvent, UnixSeconds } from "../../protocol/ledger/events.ts";
import { actors } from "./actors.ts";
import { audit } from "./audit.ts";
import { ModelBooks } from "./books.ts";
import * as Claims from "./claims.ts";
import * as Money from "./money.ts";
import { declarePeriod, roll } from "./periods.ts";
import { historyActors, historyChannels } from "./verbs.ts";
import type { LedgerVerb } from "./verbs.ts";

export class PerFenModel extends ModelBooks {
  readonly events: RecordedEvent[] = [];
  #blocks = 0;

  constructor(startsAt: UnixSeconds) {
    super();
    this.#emit(startsAt, [
      ...historyActors.map((_, index): LedgerEvent => {
        const account = address(`0x${(index + 1).toString(16).padStart(40, "0")}`);
        return { type: "ActorRegistered", actor: actorId(index + 1), account };
      }),
      ...historyChannels.map((channel): LedgerEvent => ({ type: "ChannelRegistered", channel })),
    ]);
  }

  /** Applies a verb that the rules allow, in a block of its own. */
  apply(at: UnixSeconds, verb: LedgerVerb): void {
    const rolled = this.#rolledBy(verb).flatMap((programme) => roll(this, programme, at));
    this.#emit(at, [...rolled, ...this.#eventsOf(at, verb)]);
  }

  #emit(at: UnixSeconds, events: readonly LedgerEvent[]): void {
    this.#blocks += 1;
    const blockNumber = this.#blocks;
    const transactionHash = this.digest();
    for (const [logIndex, event] of events.entries()) {
      this.events.push({ place: { blockNumber, blockTime: at, transactionHash, logIndex }, event });
    }
  }

  /** The programmes whose due close records a verb writes first, in this order. */
  #rolledBy(verb: LedgerVerb): readonly number[] {
    switch (verb.verb) {
      case "declarePeriod":
      case "expense":
      case "grant":
        return [verb.programme];
      case "allocate": {
        const { restrictedTo } = this.fund(verb.fund).verb;
        const isFallback = restrictedTo !== 0 && restrictedTo !== verb.programme;
        return isFallback ? [restrictedTo, verb.programme] : [verb.programme];
      }
      case "move":
        return [verb.from, verb.to];
      case "file":
        return [this.roster(verb.roster).programme];
      case "withdraw":
      case "approve":
      case "reject":
      case "hold":
      case "release":
      case "cancel":
      case "pay":
        return [this.claim(verb.claim).programme];
      case "recover":
        return [this.claim(this.payout(verb.payout).claim).programme];
      default:
        return [];
    }
  }

  #eventsOf(at: UnixSeconds, verb: LedgerVerb): readonly LedgerEvent[] {
    switch (verb.verb) {
      case "openProgramme":
        return [Money.openProgramme(this, verb)];
      case "openFund":
        return [Money.openFund(this, verb)];
      case "declarePeriod":
        return [declarePeriod(this, verb)];
      case "closePeriod":
        return roll(this, verb.programme, at, verb.max);
      case "recordBatch":
        return [Money.recordBatch(this, verb)];
      case "allocate":
        return [Money.allocate(this, at, verb)];
      case "expense":
        return [Money.spend(this, at, verb)];
      case "move":
        return [Money.moveSurplus(this, at, verb)];
      case "refund":
        return [Money.refund(this, verb)];
      case "coverRefund":
        return [Money.coverRefund(this, verb)];
      case "declareInsurers":
        return [Claims.declareInsurers(this, verb)];
      case "appendRoster":
        return [Claims.appendRoster(this, verb)];
      case "file":
        return [Claims.fileClaim(this, at, verb)];
      case "grant":
        return [Claims.fileGrant(this, at, verb)];
      case "approve":
        return [Claims.approve(this, at, verb)];
      case "withdraw":
      case "reject":
      case "hold":
      case "release":
      case "cancel":
        return [Claims.decide(this, at, verb)];
      case "pay":
        return [Claims.pay(this, at, verb)];
      case "recover":
        return [Claims.recover(this, at, verb)];
      case "attest":
      case "openFinding":
      case "answerFinding":
      case "closeFinding":
      case "confirm":
      case "correct":
        return [audit(this, verb)];
      case "noteHead":
        return [
          {
            type: "HeadNoted",
            blockNumber: this.#blocks,
            blockHash: this.digest(),
            actor: actors[verb.by],
          },
        ];
    }
  }
}
