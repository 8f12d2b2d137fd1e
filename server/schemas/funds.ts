import { Type, type Static } from "typebox";
import type { AllocationView, FundView } from "../../protocol/ports/views.ts";
import {
  bilingual,
  closed,
  CodeText,
  Currency,
  Digest,
  fundCode,
  money,
  Money,
  Place,
  place,
  programmeCode,
  Text,
} from "./common.ts";
import { partition, PartitionWire } from "./partition.ts";

export const FundWire = Type.Object(
  {
    code: CodeText,
    name: Text,
    currency: Currency,
    claimsShareBps: Type.Integer({ minimum: 0, maximum: 10_000 }),
    restrictedTo: Type.Optional(CodeText),
    fallbackTo: Type.Optional(CodeText),
    document: Digest,
    openedAt: Place,
    donations: Type.Integer(),
    batches: Type.Integer(),
    partition: PartitionWire,
    interest: Money,
    refunded: Money,
    refundOwed: Money,
  },
  closed,
);

export const fund = (view: FundView): Static<typeof FundWire> => ({
  code: fundCode(view.fund),
  name: bilingual(view.name),
  currency: view.currency,
  claimsShareBps: view.claimsShareBps,
  ...(view.restrictedTo === undefined ? {} : { restrictedTo: programmeCode(view.restrictedTo) }),
  ...(view.fallbackTo === undefined ? {} : { fallbackTo: programmeCode(view.fallbackTo) }),
  document: view.document,
  openedAt: place(view.openedAt),
  donations: view.donations,
  batches: view.batches,
  partition: partition(view.partition, view.currency),
  interest: money(view.interest, view.currency),
  refunded: money(view.refunded, view.currency),
  refundOwed: money(view.refundOwed, view.currency),
});

export const AllocationWire = Type.Object(
  {
    allocation: Type.Integer(),
    fund: CodeText,
    programme: CodeText,
    amountFen: Type.String(),
    claimsAmountFen: Type.String(),
    fundStart: Type.String(),
    reserveStart: Type.String(),
    operationsStart: Type.String(),
    period: Type.Integer(),
    allocatedAt: Place,
  },
  closed,
);

export const allocation = (view: AllocationView): Static<typeof AllocationWire> => ({
  allocation: view.allocation,
  fund: fundCode(view.fund),
  programme: programmeCode(view.programme),
  amountFen: view.amount.toString(),
  claimsAmountFen: view.claimsAmount.toString(),
  fundStart: view.fundStart.toString(),
  reserveStart: view.reserveStart.toString(),
  operationsStart: view.operationsStart.toString(),
  period: view.period,
  allocatedAt: place(view.allocatedAt),
});
