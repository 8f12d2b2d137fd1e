/** Opening funds and programmes, declaring periods, allocating premiums, recording expenses. */
import { position, type Fen } from "../../protocol/amounts.ts";
import { canonicalJson, documentDigest, type Json } from "../../protocol/json.ts";
import { programmeId, type Bytes32, type FundId, type ProgrammeId } from "../../protocol/ids.ts";
import {
  DeskRefusal,
  type AllocateRequest,
  type Asking,
  type DeclarePeriodRequest,
  type ExpenseRequest,
  type OpenFundRequest,
  type OpenProgrammeRequest,
} from "../../protocol/ports/desk.ts";
import type { FundView, ProgrammeView } from "../../protocol/ports/views.ts";
import { programmeRole } from "../../chain/roles.ts";
import type { Verb } from "../../chain/verbs.ts";
import type { NewOperation } from "../outbox/store.ts";
import { programmeActors } from "./actors.ts";
import { keyOf, type Counter } from "./counter.ts";

const none = programmeId(0);

/** Publishes a document before its digest is on the chain: whoever sees the digest finds the document. */
const publish = async (counter: Counter, document: Json): Promise<Bytes32> => {
  const digest = documentDigest(document);
  await counter.parts.outbox.keepDocument(digest, canonicalJson(document));
  return digest;
};

export const knownFund = async (counter: Counter, fund: FundId): Promise<FundView> => {
  const view = await counter.parts.read.fund(fund);
  if (view === undefined) throw new DeskRefusal("fund", `no fund ${fund}`);
  return view;
};

export const knownProgramme = async (
  counter: Counter,
  programme: ProgrammeId,
  field = "programme",
): Promise<ProgrammeView> => {
  const view = await counter.parts.read.programme(programme);
  if (view === undefined) throw new DeskRefusal(field, `no programme ${programme}`);
  return view;
};

const requireAmount = (field: string, amount: Fen): void => {
  if (amount === 0n) throw new DeskRefusal(field, "expected at least one minor unit");
};

/** A restricted fund names the programme and where its money goes when that ends, both in its own currency. */
const checkRestriction = async (
  counter: Counter,
  { currency, restrictedTo, fallbackTo }: OpenFundRequest,
): Promise<void> => {
  if (restrictedTo === undefined) {
    if (fallbackTo !== undefined) throw new DeskRefusal("fallbackTo", "expected none for a general fund");
    return;
  }
  if (fallbackTo === undefined) {
    throw new DeskRefusal("fallbackTo", "expected a programme: a restricted fund needs a fallback");
  }
  if (fallbackTo === restrictedTo) {
    throw new DeskRefusal("fallbackTo", "expected another programme than restrictedTo");
  }
  for (const [field, programme] of Object.entries({ restrictedTo, fallbackTo })) {
    const view = await knownProgramme(counter, programme, field);
    if (view.currency !== currency) {
      throw new DeskRefusal(field, `expected a programme in ${currency}, it is in ${view.currency}`);
    }
  }
};

export const openFund = (counter: Counter, request: OpenFundRequest, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    await checkRestriction(counter, request);
    const restrictedTo = request.restrictedTo ?? none;
    const fallbackTo = request.fallbackTo ?? none;
    const operation = counter.operationId("openFund", asking);
    const content = {
      name: { ...request.name },
      currency: request.currency,
      claimsShareBps: request.claimsShareBps,
      restrictedTo,
      fallbackTo,
    };
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    const document = await publish(counter, { kind: "fund", ...content });
    const { currency, claimsShareBps } = request;
    return counter.accept(
      "openFund",
      "treasurer",
      operation,
      { verb: "openFund", operation, currency, claimsShareBps, restrictedTo, fallbackTo, document },
      content,
      asking,
    );
  });

/**
 * Opens a programme and grants its roles to the actors of this gateway, in one acceptance. The roles name the id that
 * the ledger will give; were the opening refused, they would wait for the next programme with that id, whose actors
 * are the same.
 */
export const openProgramme = (
  counter: Counter,
  request: OpenProgrammeRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { kind, currency, region } = request;
    const content = { name: { ...request.name }, currency, region, programmeKind: kind };
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    const operation = counter.operationId("openProgramme", asking);
    const document = await publish(counter, { kind: "programme", ...content });
    const opened = await counter.positions.end("programmes", async () =>
      position((await counter.parts.read.programmes()).length),
    );
    const roles = await grantedRoles(counter, programmeId(opened + 1n));
    await counter.acceptAll([
      {
        id: operation,
        kind: "openProgramme",
        actor: "treasurer",
        call: counter.call({ verb: "openProgramme", operation, kind, currency, region, document }),
        request: canonicalJson(content),
        idempotencyKey: keyOf(asking),
      },
      ...roles,
    ]);
    counter.positions.advance(
      "programmes",
      { start: opened, end: position(opened + 1n) },
      counter.settled(operation),
    );
    return operation;
  });

const grantedRoles = async (counter: Counter, programme: ProgrammeId): Promise<readonly NewOperation[]> => {
  const id = `roles:${programme}`;
  if ((await counter.parts.outbox.operation(id)) !== undefined) return [];
  const calls = programmeActors.map((role): Verb => ({
    verb: "grantRole",
    role: programmeRole(role, programme),
    account: counter.parts.account(role),
  }));
  return [
    { id, kind: "grantRoles", actor: "admin", call: counter.call({ verb: "multicall", calls }), request: id },
  ];
};

export const declarePeriod = (
  counter: Counter,
  request: DeclarePeriodRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    await knownProgramme(counter, request.programme);
    const operation = counter.operationId("declarePeriod", asking);
    const { programme, period, start, end, filingDeadline, cover } = request;
    if (end <= start) throw new DeskRefusal("end", "expected a time after start");
    if (filingDeadline < end) throw new DeskRefusal("filingDeadline", "expected a time not before end");
    const document = { kind: "terms", ...request.terms };
    const times = { start, end, filingDeadline };
    const terms = documentDigest(document);
    const content = { programme, period, ...times, cover: cover.toString(), terms };
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    await publish(counter, document);
    return counter.accept(
      "declarePeriod",
      "treasurer",
      operation,
      { verb: "declarePeriod", programme, period, ...times, cover, terms },
      content,
      asking,
    );
  });

export const allocatePremium = (
  counter: Counter,
  request: AllocateRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { fund, programme, amount } = request;
    requireAmount("amount", amount);
    const { currency } = await knownProgramme(counter, programme);
    const from = await knownFund(counter, fund);
    if (from.currency !== currency) {
      throw new DeskRefusal("fund", `expected a fund in ${currency}, it is in ${from.currency}`);
    }
    const content = { kind: "allocatePremium", fund, programme, amount: amount.toString() };
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    const operation = counter.operationId("allocatePremium", asking);
    const line = `allocated/${fund}`;
    const recorded = async () => (await knownFund(counter, fund)).partition;
    const startsAt = await counter.positions.end(line, async () => {
      const { total, unallocated } = await recorded();
      return position(total - unallocated);
    });
    // Donations still on their way may lift the end; the ledger decides, this only answers sooner.
    const donated = await counter.positions.end(`fund/${fund}`, async () =>
      position((await recorded()).total),
    );
    if (startsAt + amount > donated) {
      throw new DeskRefusal(
        "amount",
        `the fund has ${donated - startsAt} fen unallocated, asked for ${amount}`,
      );
    }
    const id = await counter.accept(
      "allocatePremium",
      "treasurer",
      operation,
      { verb: "allocatePremium", operation, fund, programme, startsAt, amount },
      content,
      asking,
    );
    const end = position(startsAt + amount);
    counter.positions.advance(line, { start: startsAt, end }, counter.settled(id));
    return id;
  });

export const recordExpense = (counter: Counter, request: ExpenseRequest, asking: Asking): Promise<string> =>
  counter.serve(async () => {
    const { programme, kind, amount, voucher } = request;
    requireAmount("amount", amount);
    await knownProgramme(counter, programme);
    const content = { kind: "recordExpense", expense: kind, programme, amount: amount.toString(), voucher };
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    const operation = counter.operationId("recordExpense", asking);
    const line = `expenses/${programme}`;
    const startsAt = await counter.positions.end(line, () => counter.parts.expensesEnd(programme));
    const [evidence] = counter.commit(operation, [{ kind: "voucher", number: voucher }]);
    if (evidence === undefined) throw new DeskRefusal("voucher", "expected a number");
    const id = await counter.accept(
      "recordExpense",
      "treasurer",
      operation,
      { verb: "recordExpense", operation, programme, kind, startsAt, amount, evidence },
      content,
      asking,
    );
    const end = position(startsAt + amount);
    counter.positions.advance(line, { start: startsAt, end }, counter.settled(id));
    return id;
  });
