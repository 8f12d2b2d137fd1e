/**
 * The one catalogue of what can go wrong in an answer (RFC 9457). A handler throws typed errors; here, and only here,
 * they become a status and words. What is not in the catalogue is a fault of ours: 500, without a word of its message.
 */
import type { FastifyError } from "fastify";
import { refusalText } from "../chain/errors.ts";
import { NotJson } from "../protocol/json.ts";
import { DeskRefusal, type OperationView } from "../protocol/ports/desk.ts";
import { InvalidCursor } from "../protocol/ports/read.ts";
import { LastAdminKey, NoSuchKey, TooManyKeys, TooManySecrets } from "./access/api-keys.ts";
import { EmbeddedChainFull } from "./chain/limit.ts";
import { NodeUnreachable } from "./chain/node-failures.ts";
import { GiftsAlreadyRecorded } from "./desk/donations.ts";
import { ReplicaRefused } from "./heads/replicas.ts";
import { EmptyIndex, IndexerStopped } from "./index/errors.ts";
import { NotPossible, QueueFull, SenderStopped, UnknownOperation } from "./outbox/errors.ts";
import { AlreadyRecorded, IdempotencyConflict, OperationConflict, RelayedByOther } from "./outbox/store.ts";
import { patterns } from "./schemas/common.ts";

export interface FieldFault {
  readonly field: string;
  readonly reason: string;
}

/** A problem that a handler states itself. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;
  readonly statusCode: number;
  constructor(
    code: ProblemCode,
    detail: string,
    more: { readonly errors?: readonly FieldFault[]; readonly retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.name = "ProblemError";
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.statusCode = catalogue[code].status;
  }
}

/** The write was accepted and the ledger refused it. */
export class RefusedByLedger extends Error {
  readonly operations: readonly OperationView[];
  constructor(operations: readonly OperationView[]) {
    super("refused by the ledger");
    this.name = "RefusedByLedger";
    this.operations = operations;
  }
}

const catalogue = {
  "invalid-request": { status: 400, title: "The request does not fit its schema" },
  unauthorized: { status: 401, title: "An API key is required" },
  forbidden: { status: 403, title: "This API key may not do that" },
  "not-found": { status: 404, title: "There is no such thing" },
  "method-not-allowed": { status: 405, title: "This method is not offered here" },
  "under-way": { status: 409, title: "The same is under way" },
  "already-recorded": { status: 409, title: "Recorded already" },
  "refused-by-ledger": { status: 409, title: "The ledger refused it" },
  "not-possible": { status: 409, title: "Not possible as things stand" },
  "too-slow": { status: 408, title: "The request took too long to arrive" },
  "too-large": { status: 413, title: "The request is too large" },
  "address-too-long": { status: 414, title: "The address is too long" },
  unsupported: { status: 415, title: "Only JSON is read" },
  unprocessable: { status: 422, title: "The request cannot be recorded as it stands" },
  "idempotency-conflict": { status: 422, title: "The idempotency key was used for another request" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "headers-too-large": { status: 431, title: "The headers are too large" },
  internal: { status: 500, title: "A fault of this service" },
  unavailable: { status: 503, title: "Not now" },
  overloaded: { status: 503, title: "Too much is under way" },
  "chain-full": { status: 507, title: "The embedded chain is full" },
} as const;
export type ProblemCode = keyof typeof catalogue;

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
}

export interface ProblemAnswer {
  readonly body: ProblemBody;
  readonly retryAfterSeconds?: number;
}

/** At most this many faults are listed; the first ones are what somebody mends first. */
const faultsListed = 20;

const problem = (
  code: ProblemCode,
  detail: string,
  errors: readonly FieldFault[] = [],
  retryAfterSeconds?: number,
): ProblemAnswer => ({
  body: {
    type: `urn:everyfen:problem:${code}`,
    title: catalogue[code].title,
    status: catalogue[code].status,
    detail,
    ...(errors.length === 0 ? {} : { errors: errors.slice(0, faultsListed) }),
  },
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

/** What to answer for anything that was thrown. */
export const problemOf = (error: unknown): ProblemAnswer => {
  if (error instanceof ProblemError) {
    return problem(error.code, error.message, error.errors, error.retryAfterSeconds);
  }
  if (error instanceof NoSuchKey) return problem("not-found", error.message);
  if (error instanceof ReplicaRefused) return replicaProblem(error);
  if (error instanceof LastAdminKey || error instanceof TooManyKeys || error instanceof TooManySecrets) {
    return problem("not-possible", error.message);
  }
  if (error instanceof DeskRefusal) {
    return problem("unprocessable", error.message, [{ field: error.field, reason: error.reason }]);
  }
  if (error instanceof GiftsAlreadyRecorded || error instanceof AlreadyRecorded) {
    const errors = error.indexes.map((index) => ({
      field: `donations[${index}].transactionNumber`,
      reason: "recorded already",
    }));
    return problem("already-recorded", error.message, errors);
  }
  if (error instanceof RefusedByLedger) return refusedByLedger(error);
  if (error instanceof IdempotencyConflict || error instanceof OperationConflict) {
    return problem("idempotency-conflict", error.message);
  }
  if (error instanceof InvalidCursor) {
    return problem("invalid-request", error.message, [{ field: "cursor", reason: error.message }]);
  }
  if (error instanceof NotJson) {
    return problem(
      "invalid-request",
      "a text holds half of a character (a lone surrogate); send whole characters",
    );
  }
  if (error instanceof EmbeddedChainFull) return problem("chain-full", error.message);
  if (error instanceof EmptyIndex) return problem("unavailable", error.message, [], error.retryAfterSeconds);
  if (error instanceof QueueFull) return problem("unavailable", error.message, [], 5);
  if (error instanceof UnknownOperation) {
    return problem("not-found", "no operation with this id was accepted");
  }
  if (error instanceof NotPossible || error instanceof RelayedByOther) {
    return problem("not-possible", error.message);
  }
  if (error instanceof SenderStopped || error instanceof IndexerStopped) {
    return problem("unavailable", "the gateway is stopping", [], 30);
  }
  if (error instanceof NodeUnreachable) {
    return problem("unavailable", "the chain's node does not answer", [], error.retryAfterSeconds ?? 5);
  }
  return isFastifyError(error) ? frameworkProblem(error) : problem("internal", "nothing was recorded");
};

const replicaProblem = ({ reason, message }: ReplicaRefused): ProblemAnswer => {
  switch (reason) {
    case "notAdmitted":
      return problem("not-found", message);
    case "otherSigner":
      return problem("unprocessable", message, [{ field: "signature", reason: message }]);
    case "notThere":
      return problem("unprocessable", message, [{ field: "block", reason: message }]);
    case "full":
      return problem("not-possible", message);
  }
};

/** What to answer where a connection failed before there was a request; `code` is Node's. */
export const problemOfConnection = (code: string | undefined): ProblemBody => {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("too-slow", "send the whole request at once").body;
    case "HPE_HEADER_OVERFLOW":
      return problem("headers-too-large", "send fewer or shorter headers").body;
    default:
      return problem("invalid-request", "this is no request of HTTP/1.1").body;
  }
};

const refusedByLedger = ({ operations }: RefusedByLedger): ProblemAnswer => {
  const refused = operations.flatMap(({ operation, refusal }) =>
    refusal === undefined ? [] : [{ field: operation, reason: refusalText(refusal) }],
  );
  return problem("refused-by-ledger", refused.map(({ reason }) => reason).join("; "), refused);
};

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && "code" in error && "statusCode" in error;

/** The framework's own refusals: their status is right, their words are replaced where they could leak. */
const frameworkProblem = (error: FastifyError): ProblemAnswer => {
  if (error.validation !== undefined) {
    const errors = error.validation.map(({ instancePath, params, message }) => ({
      field: fieldOf(error.validationContext, instancePath, params),
      reason: reasonOf(params, message),
    }));
    const detail = errors.map(({ field, reason }) => `${field} ${reason}`).slice(0, faultsListed);
    return problem("invalid-request", detail.join("; "), errors);
  }
  switch (error.statusCode) {
    case 400:
      return error.code === "FST_ERR_BAD_URL"
        ? problem("invalid-request", "the path is not valid")
        : problem("invalid-request", "the body is not valid JSON");
    case 413:
      return problem("too-large", "send fewer records at a time");
    case 414:
      return problem("address-too-long", "a part of the path is longer than any code or number is");
    case 415:
      return problem("unsupported", "send the body with Content-Type: application/json");
    case 429:
      return problem("too-many-requests", "slow down and try again in a minute", [], 60);
    default:
      return problem("internal", "nothing was recorded");
  }
};

/** What is expected in words; a reader of the refusal need not read regular expressions. */
const expectedByPattern: ReadonlyMap<unknown, string> = new Map([
  [patterns.minorUnits, "expected whole minor units in plain decimal digits, such as 1250 for 12.50"],
  [patterns.currency, "expected three letters of ISO 4217, such as CNY"],
  [patterns.digest, "expected 0x and 64 hexadecimal digits"],
]);

/**
 * A name that is repeated in a refusal. Who puts a value where a name belongs, such as a number of somebody or a key,
 * does not get it back: refusals are kept in the asker's own logs.
 */
const repeatedName = /^[A-Za-z][A-Za-z_-]{0,39}$|^$/;

const reasonOf = (params: Record<string, unknown>, message: string | undefined): string => {
  const unknown = params["additionalProperty"];
  if (typeof unknown === "string") {
    return repeatedName.test(unknown)
      ? "is not a field of this request"
      : "holds a field that this request does not have";
  }
  if (typeof params["missingProperty"] === "string") return "is missing";
  const allowed = params["allowedValues"];
  if (Array.isArray(allowed)) return `expected one of ${allowed.join(", ")}`;
  return expectedByPattern.get(params["pattern"]) ?? message ?? "does not fit";
};

/**
 * `/donations/3/amount` becomes `donations[3].amount`; a field that is missing or unknown is named itself, unless its
 * name is none to repeat.
 */
const fieldOf = (context: string | undefined, path: string, params: Record<string, unknown>): string => {
  const unknown = params["additionalProperty"];
  const repeated = typeof unknown === "string" && repeatedName.test(unknown) ? unknown : undefined;
  const named = params["missingProperty"] ?? repeated;
  const parts = [
    ...path.split("/").filter((part) => part !== ""),
    ...(typeof named === "string" ? [named] : []),
  ];
  const text = parts.map((part, index) =>
    // A field may have no name at all, and is named all the same.
    /^\d+$/.test(part) ? `[${part}]` : `${index === 0 ? "" : "."}${part === "" ? '""' : part}`,
  );
  return text.length === 0 ? (context ?? "body") : text.join("");
};
