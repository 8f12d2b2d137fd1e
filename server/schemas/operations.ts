import { Type, type Static } from "typebox";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import type { OperationView } from "../../protocol/ports/desk.ts";
import {
  batchCode,
  claimCode,
  closed,
  CodeText,
  donationCode,
  fundCode,
  Place,
  place,
  programmeCode,
} from "./common.ts";

const RecordWire = Type.Object(
  {
    event: Type.String(),
    code: Type.Optional(CodeText),
    period: Type.Optional(Type.Integer()),
    block: Type.Optional(Type.Integer()),
    allocation: Type.Optional(Type.Integer()),
    expense: Type.Optional(Type.Integer()),
    payout: Type.Optional(Type.Integer()),
    roster: Type.Optional(Type.Integer()),
    recovery: Type.Optional(Type.Integer()),
    move: Type.Optional(Type.Integer()),
    refund: Type.Optional(Type.Integer()),
    attestation: Type.Optional(Type.Integer()),
    finding: Type.Optional(Type.Integer()),
    confirmation: Type.Optional(Type.Integer()),
    correction: Type.Optional(Type.Integer()),
  },
  { ...closed, description: "One event of the ledger and what it can be looked up by." },
);

export const OperationWire = Type.Object(
  {
    operation: Type.String(),
    kind: Type.String(),
    state: Type.Enum(["accepted", "recorded", "refused", "cancelled"]),
    recordedAt: Type.Optional(Place),
    records: Type.Array(RecordWire),
    refusal: Type.Optional(
      Type.Object({ name: Type.String(), facts: Type.Record(Type.String(), Type.String()) }, closed),
    ),
  },
  closed,
);

export const OperationsWire = Type.Object({ operations: Type.Array(OperationWire) }, closed);

/** Gifts of a request whose codes its answer names: looking them up takes a moment for each. */
export const namedGifts = 100;

export const RecordedGiftsWire = Type.Object(
  {
    operations: Type.Array(OperationWire, {
      description: "One for each fund, channel and day. It may record gifts of other requests too.",
    }),
    donations: Type.Optional(
      Type.Array(Type.Union([CodeText, Type.Null()]), {
        description:
          `The codes of the gifts in the order of the request, where it has at most ${namedGifts}; ` +
          "null for a gift that was forgotten since.",
      }),
    ),
  },
  closed,
);

const idempotencyKey = Type.String({
  pattern: "^[\\x21-\\x7e]{1,128}$",
  description:
    "1 to 128 visible ASCII characters, kept for ever: the same request again is answered alike, with the header " +
    "idempotency-replayed: true; another one is refused (422). While the first is under way: 409 with Retry-After.",
});

/** What every write is sent with. The role that its API key needs is named by the endpoint as x-role. */
export const WriteHeaders = Type.Object({ "idempotency-key": idempotencyKey });

/** The same for what becomes an operation on the ledger. */
export const OperationHeaders = Type.Object({
  "idempotency-key": idempotencyKey,
  prefer: Type.Optional(
    Type.String({ description: "wait=N: answer when it is recorded, or after N seconds (at most 60)." }),
  ),
});

type RecordOnWire = Static<typeof RecordWire>;

const record = (event: LedgerEvent): RecordOnWire => ({ event: event.type, ...handles(event) });

/** What an event can be looked up by: codes where there are any, numbers where not. */
const handles = (event: LedgerEvent): Omit<RecordOnWire, "event"> => {
  switch (event.type) {
    case "FundOpened":
      return { code: fundCode(event.fund) };
    case "BatchRecorded":
      return { code: batchCode(event.batch) };
    case "ProgrammeOpened":
      return { code: programmeCode(event.programme) };
    case "PeriodDeclared":
    case "PeriodClosed":
      return { code: programmeCode(event.programme), period: event.period };
    case "InsurersDeclared":
      return { code: programmeCode(event.programme), period: event.policyPeriod };
    case "PremiumAllocated":
      return { code: programmeCode(event.programme), allocation: event.allocation };
    case "ExpenseRecorded":
      return { code: programmeCode(event.programme), expense: event.expense };
    case "RosterAppended":
      return { code: programmeCode(event.programme), period: event.policyPeriod, roster: event.roster };
    case "SurplusMoved":
      return { code: programmeCode(event.to), move: event.move };
    case "ClaimFiled":
    case "GrantFiled":
    case "ClaimWithdrawn":
    case "ClaimApproved":
    case "ClaimRejected":
    case "ClaimHeld":
    case "ClaimReleased":
    case "ClaimCancelled":
      return { code: claimCode(event.claim) };
    case "ClaimPaid":
      return { code: claimCode(event.claim), payout: event.payout };
    case "PayoutRecovered":
      return { code: claimCode(event.claim), payout: event.payout, recovery: event.recovery };
    case "DonationRefunded":
      return { code: donationCode(event.batch, event.index), refund: event.refund };
    case "RefundCovered":
      return { refund: event.refund };
    case "Attested":
      return { attestation: event.attestation };
    case "FindingOpened":
    case "FindingAnswered":
    case "FindingClosed":
      return { finding: event.finding };
    case "ChannelTotalConfirmed":
      return { confirmation: event.confirmation };
    case "CorrectionNoted":
      return { correction: event.correction };
    case "HeadNoted":
      return { block: event.blockNumber };
    case "ActorRegistered":
    case "RoleGranted":
    case "RoleRevoked":
    case "ChannelRegistered":
    case "Paused":
    case "Unpaused":
      return {};
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
