/** What every endpoint is made of, so that each file holds one endpoint and nothing else. */
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import { Type } from "typebox";
import type { Asking, Desk, OperationView } from "../../protocol/ports/desk.ts";
import type { PageRequest, Read } from "../../protocol/ports/read.ts";
import type { Head } from "../../protocol/ports/views.ts";
import type { ApiKeys } from "../access/api-keys.ts";
import type { ApiKey } from "../access/key-rows.ts";
import type { KeyRole } from "../access/roles.ts";
import type { AccessLog } from "../access-log/access-log.ts";
import type { Sessions } from "../access/sessions.ts";
import type { UnderWay } from "../access/under-way.ts";
import type { RpcRequest } from "../chain/rpc.ts";
import type { ChainStream } from "../heads/stream.ts";
import type { Lookups } from "../index/lookups.ts";
import type { Replicas } from "../heads/replicas.ts";
import { ProblemError, RefusedByLedger } from "../problems.ts";
import type { Exports } from "../exports/export.ts";
import type { OperatorsSender } from "../outbox/sender.ts";
import type { Erasure } from "../vault/erasure.ts";
import { asOf, closed, Problem } from "../schemas/common.ts";
import { operation, OperationsWire } from "../schemas/operations.ts";

/** What the routes are given. */
export interface Services {
  readonly read: Read;
  readonly exports: Exports;
  readonly desk: Desk;
  readonly keys: ApiKeys;
  /** Which programme a record is of, for keys that are bound to programmes. */
  readonly lookups: Lookups;
  readonly sessions: Sessions;
  readonly underWay: UnderWay;
  readonly accessLog: AccessLog;
  /** Forgets people. */
  readonly erasure: Erasure;
  /** Writes on their way, for an operator. */
  readonly sender: OperatorsSender;
  /** The whole chain for replicas. */
  readonly stream: ChainStream;
  /** Absent where the chain is made by others. */
  readonly replicas: Replicas | undefined;
  /** Read-only JSON-RPC of the chain. */
  readonly rpc: (request: RpcRequest) => Promise<unknown>;
  /** Of one address; a batch is one request. */
  readonly rpcRequestsPerMinute: number;
  /** Why writes are not taken yet; undefined once they are. */
  readonly starting: () => ProblemError | undefined;
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
export type Endpoint = (app: App, services: Services) => void;

declare module "fastify" {
  interface FastifySchema {
    /** The same role, as the API's description names it. */
    "x-role"?: KeyRole;
  }
  interface FastifyContextConfig {
    /** The role that an API key needs here; every endpoint that writes has one. */
    role?: KeyRole;
  }
  interface FastifyRequest {
    /** The API key that was accepted for this request. */
    apiKey?: ApiKey;
  }
}

export const operationId = Type.Object({ id: Type.String({ pattern: "^[A-Za-z0-9:_-]{1,80}$" }) }, closed);

/** Answers of every endpoint that can go wrong. */
const asProblem = { content: { "application/problem+json": { schema: Problem } } } as const;
export const problems = { "4xx": asProblem, "5xx": asProblem } as const;

const rereads = 5;

/** Reads until the head did not move meanwhile, so that the whole answer is true of one block. */
export const atOneBlock = async <Result>(
  read: Read,
  work: () => Promise<Result>,
): Promise<{ readonly head: Head; readonly result: Result }> => {
  let head = await read.head();
  for (let round = 0; ; round++) {
    const result = await work();
    const after = await read.head();
    if (after.blockHash === head.blockHash || round === rereads) return { head: after, result };
    head = after;
  }
};

/** The answer's frame; 404 where the thing asked for does not exist. */
export const found = async <Result, Data>(
  read: Read,
  what: string,
  work: () => Promise<Result | undefined>,
  wire: (result: Result) => Data,
): Promise<{ readonly asOf: ReturnType<typeof asOf>; readonly data: Data }> => {
  const { head, result } = await atOneBlock(read, work);
  if (result === undefined) throw new ProblemError("not-found", what);
  return { asOf: asOf(head), data: wire(result) };
};

export const pageRequest = (query: { readonly cursor?: string; readonly limit?: string }): PageRequest => ({
  limit: query.limit === undefined ? 50 : Number(query.limit),
  ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
});

/** Responses of every endpoint that writes. */
export const writeResponses = { 201: OperationsWire, 202: OperationsWire, ...problems } as const;

const waitLimitSeconds = 60;

/** Who asks, and the idempotency key that every write carries. */
export const askingOf = (request: FastifyRequest): Asking => {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string") {
    throw new ProblemError("invalid-request", "every write needs the header Idempotency-Key", {
      errors: [{ field: "idempotency-key", reason: "is missing" }],
    });
  }
  if (request.apiKey === undefined)
    throw new ProblemError("unauthorized", "send Authorization: Bearer <API key>");
  const onRepetition = (): void => {
    request.isRepetition = true;
  };
  return { asker: request.apiKey.id, idempotencyKey: key, onRepetition };
};

/**
 * 202 at once, for what is on disk will land; with `Prefer: wait=N` 201 when it has. Throws {@link RefusedByLedger}
 * where the ledger refused while we waited. `more` is what else the answer says of what is recorded.
 */
export const answerWrite = async (
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  ids: readonly string[],
  more: (recorded: readonly OperationView[]) => Promise<object> = async () => ({}),
): Promise<FastifyReply> => {
  request.endFlight?.();
  request.wrote = ids;
  const waitSeconds = waitOf(request.headers["prefer"]);
  const views = waitSeconds === 0 ? undefined : await settledWithin(desk, ids, waitSeconds);
  if (views?.some(({ state }) => state === "refused") === true) throw new RefusedByLedger(views);
  if (views?.some(({ state }) => state === "cancelled") === true) {
    throw new ProblemError("not-possible", "an operator cancelled it before it was recorded");
  }
  const known = views ?? (await Promise.all(ids.map((id) => desk.operation(id))));
  const operations = known.flatMap((view) => (view === undefined ? [] : [operation(view)]));
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) reply.header("location", `/v1/operations/${only}`);
  if (waitSeconds > 0) reply.header("preference-applied", `wait=${waitSeconds}`);
  if (views === undefined) return reply.code(202).send({ operations });
  return reply.code(201).send({ operations, ...(await more(views)) });
};

const waitOf = (prefer: string | string[] | undefined): number => {
  const text = Array.isArray(prefer) ? prefer.join(",") : (prefer ?? "");
  const seconds = Number(/(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/.exec(text)?.[1] ?? 0);
  return Math.min(seconds, waitLimitSeconds);
};

const settledWithin = async (
  desk: Desk,
  ids: readonly string[],
  seconds: number,
): Promise<readonly OperationView[] | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1_000);
  });
  try {
    return await Promise.race([Promise.all(ids.map((id) => desk.settled(id))), late]);
  } finally {
    clearTimeout(timer);
  }
};
