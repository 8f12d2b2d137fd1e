/** Funds and the donations on their lines. */
import { after, zeroFen, position } from "../amounts.ts";
import { inspectLeaves } from "../donations/leaves.ts";
import { expectNewOperation } from "./access.ts";
import type { BatchRecorded, FundOpened } from "./events.ts";
import type { LedgerState } from "./records.ts";
import {
  expectActor,
  expectCurrency,
  expectDay,
  expectDigest,
  expectEqual,
  expectThat,
  knownFund,
  knownProgramme,
} from "./refusals.ts";
import type { Examination } from "./refusals.ts";

export const applyFundOpened = (state: LedgerState, examination: Examination<FundOpened>): void => {
  const { event, place } = examination;
  const { fund, currency, claimsShareBps, restrictedTo, fallbackTo, document, operation } = event;
  expectNewOperation(state, examination, operation);
  expectEqual(examination, "fund", state.funds.length + 1, Number(fund));
  const isShare = Number.isInteger(claimsShareBps) && claimsShareBps >= 0 && claimsShareBps <= 10_000;
  expectThat(examination, isShare, "claims share", "0 to 10000 basis points", claimsShareBps);
  expectCurrency(examination, currency);
  expectDigest(examination, "document", document);
  expectEqual(examination, "having a fallback", restrictedTo !== 0, fallbackTo !== 0);
  if (restrictedTo !== 0) {
    expectThat(examination, restrictedTo !== fallbackTo, "fallback", "another programme", fallbackTo);
    expectEqual(examination, "currency", knownProgramme(state, examination, restrictedTo).currency, currency);
    expectEqual(examination, "currency", knownProgramme(state, examination, fallbackTo).currency, currency);
  }
  state.operations.add(operation);
  state.funds.push({
    fund,
    currency,
    claimsShareBps,
    restrictedTo,
    fallbackTo,
    document,
    place,
    donated: position(0n),
    allocated: position(0n),
    claimsAllocated: zeroFen,
    donations: 0,
    batches: [],
    allocations: [],
  });
};

export const applyBatchRecorded = (state: LedgerState, examination: Examination<BatchRecorded>): void => {
  const { event, place } = examination;
  const fund = knownFund(state, examination, event.fund);
  expectNewOperation(state, examination, event.operation);
  expectEqual(examination, "batch", state.batches.length + 1, Number(event.batch));
  expectEqual(examination, "startsAt", fund.donated, event.startsAt);
  expectThat(examination, state.channels.has(event.channel), "channel", "a registered one", event.channel);
  expectDay(examination, event.day);
  expectActor(state, examination, event.recorder);
  const { count, sum } = inspectLeaves(event.leaves);
  expectEqual(examination, "count", count, event.count);
  expectEqual(examination, "sum", sum, event.sum);
  const donated = after(fund.donated, sum);
  const { batch, channel, day, startsAt, root, recorder, operation, leaves } = event;
  const record = {
    batch,
    fund: event.fund,
    channel,
    day,
    startsAt,
    count,
    sum,
    root,
    recorder,
    operation,
    leaves,
    place,
  };
  state.operations.add(operation);
  state.batches.push(record);
  fund.batches.push(record);
  fund.donated = donated;
  fund.donations += count;
};
