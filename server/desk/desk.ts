/** The write side of the gateway, as the port `Desk` describes it. */
import type { Desk, OperationView } from "../../protocol/ports/desk.ts";
import { UnknownOperation } from "../outbox/errors.ts";
import {
  answerFinding,
  attest,
  closeFinding,
  confirmTotal,
  noteCorrection,
  noteHead,
  openFinding,
} from "./audit.ts";
import type { Counter } from "./counter.ts";
import {
  approveClaims,
  cancelClaims,
  holdClaims,
  rejectClaims,
  releaseClaims,
  withdrawClaims,
} from "./decisions.ts";
import { fileClaims, fileGrants } from "./filing.ts";
import { openFund } from "./funds.ts";
import { codesOf } from "./gift-codes.ts";
import { standingOf } from "./gift-standing.ts";
import { GiftTurns } from "./gift-turns.ts";
import { declareInsurers } from "./insurers.ts";
import { Memberships } from "./membership.ts";
import { allocatePremium, moveSurplus, recordExpense } from "./money.ts";
import { viewOperation } from "./operations.ts";
import { payClaims, recoverPayout } from "./payments.ts";
import { closePeriods, declarePeriod } from "./periods.ts";
import { openProgramme } from "./programmes.ts";
import { coverRefund, refundDonation } from "./refunds.ts";
import { registerActor } from "./register.ts";
import { relay } from "./relay.ts";
import { appendRoster } from "./rosters.ts";

export const createDesk = (counter: Counter): Desk => {
  const { outbox, ledger, receipts } = counter.parts;
  const memberships = new Memberships(counter);
  const giftTurns = new GiftTurns(counter);

  const operation = async (id: string): Promise<OperationView | undefined> => {
    const record = await outbox.operation(id);
    return record === undefined ? undefined : viewOperation(record, ledger, receipts);
  };

  return {
    recordDonations: (gifts, asking) => giftTurns.record(gifts, asking),
    donationCodes: (gifts, operations) => codesOf(counter, gifts, operations),
    standing: (gifts) => standingOf(counter, gifts),
    openFund: (request, asking) => openFund(counter, request, asking),
    openProgramme: (request, asking) => openProgramme(counter, request, asking),
    declarePeriod: (request, asking) => declarePeriod(counter, request, asking),
    closePeriods: (programme, asking) => closePeriods(counter, programme, asking),
    allocatePremium: (request, asking) => allocatePremium(counter, request, asking),
    recordExpense: (request, asking) => recordExpense(counter, request, asking),
    moveSurplus: (request, asking) => moveSurplus(counter, request, asking),
    appendRoster: (request, asking) => appendRoster(counter, request, asking),
    declareInsurers: (request, asking) => declareInsurers(counter, request, asking),
    fileClaims: (requests, asking) => fileClaims(counter, memberships, requests, asking),
    fileGrants: (requests, asking) => fileGrants(counter, requests, asking),
    withdrawClaims: (claims, asking) => withdrawClaims(counter, claims, asking),
    approveClaims: (requests, asking) => approveClaims(counter, requests, asking),
    rejectClaims: (requests, asking) => rejectClaims(counter, requests, asking),
    holdClaims: (requests, asking) => holdClaims(counter, requests, asking),
    releaseClaims: (claims, asking) => releaseClaims(counter, claims, asking),
    cancelClaims: (requests, asking) => cancelClaims(counter, requests, asking),
    payClaims: (requests, asking) => payClaims(counter, requests, asking),
    recoverPayout: (request, asking) => recoverPayout(counter, request, asking),
    refundDonation: (request, asking) => refundDonation(counter, request, asking),
    coverRefund: (request, asking) => coverRefund(counter, request, asking),
    attest: (request, asking) => attest(counter, request, asking),
    openFinding: (request, asking) => openFinding(counter, request, asking),
    answerFinding: (request, asking) => answerFinding(counter, request, asking),
    closeFinding: (request, asking) => closeFinding(counter, request, asking),
    confirmTotal: (request, asking) => confirmTotal(counter, request, asking),
    noteCorrection: (request, asking) => noteCorrection(counter, request, asking),
    noteHead: (asking) => noteHead(counter, asking),
    registerActor: (request, asking) => registerActor(counter, request, asking),
    relay: (request, asking) => relay(counter, request, asking),
    operation,
    settled: async (id) => {
      await counter.settled(id);
      const view = await operation(id);
      if (view === undefined) throw new UnknownOperation(id);
      return view;
    },
  };
};
