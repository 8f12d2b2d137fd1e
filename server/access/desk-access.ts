/**
 * The gateway as the foundation's desk asks it: sessions, and writes that go the way of every write, through the app's
 * own routes with their guard, their schemas and their refusals.
 */
import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type {
  DeskAccess,
  DeskAnswer,
  DeskWrite,
  SignedIn,
  WaitingOperation,
} from "../../protocol/ports/desk-access.ts";
import type { Desk } from "../../protocol/ports/desk.ts";
import type { AcceptedOperation, OutboxStore } from "../outbox/store.ts";
import { problemOf, type ProblemError } from "../problems.ts";
import { Problem } from "../schemas/common.ts";
import { systemTimer } from "../timer.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { ApiKey } from "./key-rows.ts";
import type { Sessions } from "./sessions.ts";
import { SignIn } from "./sign-in.ts";

/** The app as it is asked from inside. */
type Routes = Pick<FastifyInstance, "inject">;

export interface DeskAccessParts {
  readonly app: Routes;
  readonly keys: ApiKeys;
  readonly sessions: Sessions;
  readonly desk: Pick<Desk, "operation">;
  readonly outbox: Pick<OutboxStore, "latest" | "unsettled">;
  /** Why writes are not taken yet; undefined once they are. */
  readonly starting: () => ProblemError | undefined;
  readonly signInsPerMinute: number;
}

/** How long a page waits for its write to be recorded; then it shows that it is under way. */
const waitSeconds = 4;
/** How often, and after how long, the same is asked again while it is under way. */
const mostAsked = 20;
const askAgainMs = 100;
/** Of one kind, on the overview. */
const operationsListed = 10;
/** What every write answers once it is on disk, whatever else it tells beside that. */
const Accepted = Type.Object({ operations: Type.Array(Type.Object({ operation: Type.String() })) });
const problemPrefix = "urn:everyfen:problem:";

export const deskAccess = (parts: DeskAccessParts): DeskAccess => {
  const { app, keys, sessions, desk, outbox, starting } = parts;
  const signIn = new SignIn({ keys, sessions, perAddress: parts.signInsPerMinute });
  return {
    signIn: (key, askedFrom) => signIn.try(key, askedFrom),
    signedIn: async (token) => {
      const session = await sessions.find(token);
      return session === undefined ? undefined : { ...signedIn(session.key), endsAtMs: session.endsAtMs };
    },
    signOut: (token) => sessions.end(token),
    signOutEverywhere: (token) => sessions.endAll(token),
    write: (write) => ask(app, write),
    operation: async (id) => {
      const problem = starting();
      if (problem !== undefined) throw problem;
      return desk.operation(id);
    },
    waiting: async (who) => {
      const askedBy = askedByOf(who);
      const [underWay, underWayCount, held, refused] = await Promise.all([
        outbox.latest("unsettled", operationsListed, askedBy),
        outbox.unsettled(),
        outbox.latest("suspended", operationsListed, askedBy),
        outbox.latest("failed", operationsListed, askedBy),
      ]);
      return {
        underWay: underWay.map(waitingOperation),
        underWayCount: askedBy === undefined ? underWayCount : underWay.length,
        held: held.map(waitingOperation),
        refused: refused.map(waitingOperation),
      };
    },
  };
};

const signedIn = ({ id, roles, programmes }: ApiKey): Omit<SignedIn, "endsAtMs"> => ({
  key: id,
  roles,
  ...(programmes === undefined ? {} : { programmes }),
});

/** How the idempotency keys of a bound key begin; undefined for a key of all programmes, which sees all. */
const askedByOf = ({ key, programmes }: SignedIn): string | undefined =>
  programmes === undefined ? undefined : `${key}:`;

const waitingOperation = ({ id, kind, acceptedAtMs }: AcceptedOperation): WaitingOperation => ({
  operation: id,
  kind,
  acceptedAtMs,
});

/** A form that is sent twice at once: the second waits until the first is accepted, and is answered alike. */
const ask = async (app: Routes, write: DeskWrite): Promise<DeskAnswer> => {
  for (let asked = 1; ; asked += 1) {
    const answer = await askOnce(app, write);
    const isUnderWay = answer.outcome === "refused" && answer.problem === "under-way";
    if (!isUnderWay || asked === mostAsked) return answer;
    await systemTimer.sleep(askAgainMs);
  }
};

const askOnce = async (app: Routes, write: DeskWrite): Promise<DeskAnswer> => {
  const response = await app.inject({
    method: "POST",
    url: write.path,
    remoteAddress: write.askedFrom,
    headers: {
      authorization: `Session ${write.session}`,
      "content-type": "application/json",
      "idempotency-key": write.idempotencyKey,
      prefer: `wait=${waitSeconds}`,
    },
    payload: JSON.stringify(write.body),
  });
  const body: unknown = JSON.parse(response.payload);
  if (Value.Check(Accepted, body)) {
    return { outcome: "accepted", operations: body.operations.map(({ operation }) => operation) };
  }
  const problem = Value.Check(Problem, body) ? body : problemOf(undefined).body;
  const { type, status, detail, errors = [] } = problem;
  // The ledger's refusal is an operation's: each fault names one.
  if (type === `${problemPrefix}refused-by-ledger`) {
    return { outcome: "accepted", operations: errors.map(({ field }) => field) };
  }
  const retryAfterSeconds = Number(response.headers["retry-after"]);
  return {
    outcome: "refused",
    problem: type.slice(problemPrefix.length),
    status,
    detail,
    errors,
    ...(Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds } : {}),
  };
};
