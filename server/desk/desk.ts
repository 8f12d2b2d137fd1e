/** The write side of the gateway, as the port `Desk` describes it. */
import type { Asking, Desk, OperationView } from "../../protocol/ports/desk.ts";
import type { ProgrammeId } from "../../protocol/ids.ts";
import { UnknownOperation } from "../outbox/errors.ts";
import { approveClaims, fileClaims, payClaims } from "./claims.ts";
import type { Counter } from "./counter.ts";
import { recordDonations, standingOf } from "./donations.ts";
import {
  allocatePremium,
  declarePeriod,
  knownProgramme,
  openFund,
  openProgramme,
  recordExpense,
} from "./money.ts";
import { viewOperation, type Receipts } from "./operations.ts";

/** A roll closes at most this many periods in one call; the rest waits for the next. */
const maxClosedPerCall = 100;

export const createDesk = (counter: Counter, receipts: Receipts): Desk => {
  const { outbox, ledger } = counter.parts;

  const operation = async (id: string): Promise<OperationView | undefined> => {
    const record = await outbox.operation(id);
    return record === undefined ? undefined : viewOperation(record, ledger, receipts);
  };

  const closePeriods = (programme: ProgrammeId, asking: Asking): Promise<string> =>
    counter.serve(async () => {
      await knownProgramme(counter, programme);
      return counter.accept(
        "closePeriods",
        "treasurer",
        counter.operationId("closePeriods", asking),
        { verb: "closePeriod", programme, max: maxClosedPerCall },
        { kind: "closePeriods", programme },
        asking,
      );
    });

  return {
    recordDonations: (gifts, asking) => recordDonations(counter, gifts, asking),
    standing: (gifts) => standingOf(counter, gifts),
    openFund: (request, asking) => openFund(counter, request, asking),
    openProgramme: (request, asking) => openProgramme(counter, request, asking),
    declarePeriod: (request, asking) => declarePeriod(counter, request, asking),
    allocatePremium: (request, asking) => allocatePremium(counter, request, asking),
    recordExpense: (request, asking) => recordExpense(counter, request, asking),
    fileClaims: (requests, asking) => fileClaims(counter, requests, asking),
    approveClaims: (requests, asking) => approveClaims(counter, requests, asking),
    payClaims: (requests, asking) => payClaims(counter, requests, asking),
    closePeriods,
    operation,
    settled: async (id) => {
      await counter.settled(id);
      const view = await operation(id);
      if (view === undefined) throw new UnknownOperation(id);
      return view;
    },
  };
};
