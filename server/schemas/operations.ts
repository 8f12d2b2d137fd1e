import { Type, type Static } from "typebox";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import type { OperationView } from "../../protocol/ports/desk.ts";
import { batchCode, claimCode, closed, CodeText, fundCode, Place, place, programmeCode } from "./common.ts";

const RecordWire = Type.Object(
  {
    event: Type.String(),
    code: Type.Optional(CodeText),
    period: Type.Optional(Type.Integer()),
    allocation: Type.Optional(Type.Integer()),
    expense: Type.Optional(Type.Integer()),
    payout: Type.Optional(Type.Integer()),
  },
  { ...closed, description: "One event of the ledger and what it can be looked up by." },
);

export const OperationWire = Type.Object(
  {
    operation: Type.String(),
    kind: Type.String(),
    state: Type.Union([Type.Literal("accepted"), Type.Literal("recorded"), Type.Literal("refused")]),
    recordedAt: Type.Optional(Place),
    records: Type.Array(RecordWire),
    refusal: Type.Optional(
      Type.Object({ name: Type.String(), facts: Type.Record(Type.String(), Type.String()) }, closed),
    ),
  },
  closed,
);

export const OperationsWire = Type.Object({ operations: Type.Array(OperationWire) }, closed);

/** What every write is sent with. The role that its API key needs is named by the endpoint as x-role. */
export const WriteHeaders = Type.Object({
  "idempotency-key": Type.String({
    pattern: "^[\\x21-\\x7e]{1,128}$",
    description:
      "1 to 128 visible ASCII characters, kept for ever: the same request again is answered alike.",
  }),
  prefer: Type.Optional(
    Type.String({ description: "wait=N: answer when it is recorded, or after N seconds (at most 60)." }),
  ),
});

const record = (event: LedgerEvent): Static<typeof RecordWire> => {
  switch (event.type) {
    case "FundOpened":
      return { event: event.type, code: fundCode(event.fund) };
    case "BatchRecorded":
      return { event: event.type, code: batchCode(event.batch) };
    case "ProgrammeOpened":
      return { event: event.type, code: programmeCode(event.programme) };
    case "PeriodDeclared":
    case "PeriodClosed":
      return { event: event.type, code: programmeCode(event.programme), period: event.period };
    case "PremiumAllocated":
      return { event: event.type, code: programmeCode(event.programme), allocation: event.allocation };
    case "ExpenseRecorded":
      return { event: event.type, code: programmeCode(event.programme), expense: event.expense };
    case "ClaimFiled":
    case "ClaimApproved":
      return { event: event.type, code: claimCode(event.claim) };
    case "ClaimPaid":
      return { event: event.type, code: claimCode(event.claim), payout: event.payout };
    case "ActorRegistered":
    case "RoleGranted":
    case "RoleRevoked":
    case "ChannelRegistered":
    case "Paused":
    case "Unpaused":
      return { event: event.type };
  }
};

export const operation = (view: OperationView): Static<typeof OperationWire> => ({
  operation: view.operation,
  kind: view.kind,
  state: view.state,
  ...(view.place === undefined ? {} : { recordedAt: place(view.place) }),
  records: view.events.map(record),
  ...(view.refusal === undefined
    ? {}
    : { refusal: { name: view.refusal.name, facts: { ...view.refusal.facts } } }),
});
