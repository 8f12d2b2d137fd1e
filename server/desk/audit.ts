/** What auditors attest and find, what the foundation answers and corrects, what providers confirm, noted heads. */
import { dayOf, formatDay } from "../../protocol/calendar.ts";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import type { DayNumber } from "../../protocol/ledger/events.ts";
import {
  DeskRefusal,
  type Asking,
  type AuditRequest,
  type ConfirmTotalRequest,
  type FindingRequest,
  type NoteCorrectionRequest,
  type Statement,
} from "../../protocol/ports/desk.ts";
import { longestText, longestTitle, statementDocument } from "../documents.ts";
import type { Actor } from "./actors.ts";
import type { Counter } from "./counter.ts";
import { knownPeriod, knownProgramme, requireChannel } from "./known.ts";

/** Published for ever, so it is kept short; both languages are there. */
const checkStatement = ({ title, text }: Statement): void => {
  for (const [field, words, longest] of [
    ["title", title, longestTitle],
    ["text", text, longestText],
  ] as const) {
    for (const language of ["zh", "en"] as const) {
      const { length } = words[language];
      if (length >= 1 && length <= longest) continue;
      throw new DeskRefusal(
        `statement.${field}.${language}`,
        `expected 1 to ${longest} characters, got ${length}`,
      );
    }
  }
};

const checkSubject = async (counter: Counter, { programme, period }: AuditRequest): Promise<void> => {
  if (programme !== undefined) await knownProgramme(counter, programme);
  if (period === undefined) return;
  if (programme === undefined) throw new DeskRefusal("period", "expected none without a programme");
  await knownPeriod(counter, programme, period, "period");
};

const takeSubject = (
  counter: Counter,
  verb: "attest" | "openFinding",
  request: AuditRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    checkStatement(request.statement);
    await checkSubject(counter, request);
    const { programme = programmeId(0), period = periodNumber(0) } = request;
    const statement = statementDocument(request.statement);
    return counter.take(verb, { programme, period, statement }, asking, async (operation) => {
      const document = await counter.publish(statement);
      return { actor: "auditor", verb: { verb, operation, programme, period, document } };
    });
  });

export const attest = (counter: Counter, request: AuditRequest, asking: Asking): Promise<string> =>
  takeSubject(counter, "attest", request, asking);

export const openFinding = (counter: Counter, request: AuditRequest, asking: Asking): Promise<string> =>
  takeSubject(counter, "openFinding", request, asking);

const takeFinding = (
  counter: Counter,
  verb: "answerFinding" | "closeFinding",
  actor: Actor,
  { finding, statement: said }: FindingRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    checkStatement(said);
    const statement = statementDocument(said);
    return counter.take(verb, { finding, statement }, asking, async () => {
      const document = await counter.publish(statement);
      return { actor, verb: { verb, finding, document } };
    });
  });

export const answerFinding = (counter: Counter, request: FindingRequest, asking: Asking): Promise<string> =>
  takeFinding(counter, "answerFinding", "treasurer", request, asking);

export const closeFinding = (counter: Counter, request: FindingRequest, asking: Asking): Promise<string> =>
  takeFinding(counter, "closeFinding", "auditor", request, asking);

export const confirmTotal = (
  counter: Counter,
  request: ConfirmTotalRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { channel, day, sum } = request;
    await requireChannel(counter, channel);
    const content = { ...request, sum: sum.toString() };
    return counter.take("confirmTotal", content, asking, async (operation) => {
      const today = dayOf(counter.parts.now());
      if (day > today) {
        throw new DeskRefusal(
          "day",
          `${formatDay(day)} lies in the future; expected ${formatDay(today)} or before`,
        );
      }
      return { actor: "provider", verb: { verb: "confirmChannelTotal", operation, ...request } };
    });
  });

/** The record stays as it was; whether it exists, the ledger knows. */
export const noteCorrection = (
  counter: Counter,
  { kind, record, statement: said }: NoteCorrectionRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    checkStatement(said);
    const statement = statementDocument(said);
    return counter.take("noteCorrection", { of: kind, record, statement }, asking, async (operation) => {
      const document = await counter.publish(statement);
      return { actor: "treasurer", verb: { verb: "noteCorrection", operation, kind, record, document } };
    });
  });

/** `request` tells one note from another under the same key. */
export const noteHeadAs = (
  counter: Counter,
  actor: Actor,
  request: { readonly day?: DayNumber },
  asking: Asking,
): Promise<string> =>
  counter.serve(() =>
    counter.take("noteHead", { ...request }, asking, async () => {
      const { blockNumber, blockHash } = await counter.parts.read.head();
      return { actor, verb: { verb: "noteHead", blockNumber, blockHash } };
    }),
  );

export const noteHead = (counter: Counter, asking: Asking): Promise<string> =>
  noteHeadAs(counter, "auditor", {}, asking);
