/**
 * What the pages of the foundation's desk may ask of the gateway: to sign in, and to write as whoever signed in. They
 * write as a client of the API does, so that there is one rule book: the same roles, schemas, checks and refusals.
 */
import type { ProgrammeId } from "../ids.ts";
import type { Json } from "../json.ts";
import type { OperationView } from "./desk.ts";

const minuteMs = 60_000;
/** How long one stays signed in: a working day whatever one does, and half an hour without a request. */
export const deskSessionLimits = { longestMs: 8 * 60 * minuteMs, idleMs: 30 * minuteMs } as const;

export type SignInAnswer =
  | { readonly outcome: "signedIn"; readonly session: string }
  /** What is no key, and a key that is not in force, are answered alike. */
  | { readonly outcome: "refused" }
  | { readonly outcome: "tooMany"; readonly retryAfterSeconds: number };

/** Who has signed in: a key, and what it may do. */
export interface SignedIn {
  readonly key: string;
  /** The role `admin` may do everything. */
  readonly roles: readonly string[];
  /** The only programmes that it is for; absent where it is for all. */
  readonly programmes?: readonly ProgrammeId[];
  /** When it has to sign in again, in milliseconds since 1970. */
  readonly endsAtMs: number;
}

/** A request to the API, in the name of a session. */
export interface DeskWrite {
  readonly session: string;
  /** Such as `/v1/claims/approve`. */
  readonly path: string;
  readonly body: Json;
  readonly idempotencyKey: string;
  /** The address that it came from, for the limits on requests. */
  readonly askedFrom: string;
}

export type DeskAnswer =
  /** On disk: each operation lands, or is refused by the ledger. */
  | { readonly outcome: "accepted"; readonly operations: readonly string[] }
  | {
      readonly outcome: "refused";
      /** Of the catalogue of problems, such as `unprocessable`. */
      readonly problem: string;
      readonly status: number;
      readonly detail: string;
      readonly errors: readonly { readonly field: string; readonly reason: string }[];
      readonly retryAfterSeconds?: number;
    };

/** A write that is not recorded (yet). */
export interface WaitingOperation {
  readonly operation: string;
  readonly kind: string;
  /** By the clock of the gateway's machine, in milliseconds since 1970. */
  readonly acceptedAtMs: number;
}

/** The latest of each, newest first; and how many there are of those under way. */
export interface WaitingOperations {
  readonly underWay: readonly WaitingOperation[];
  readonly underWayCount: number;
  /** Held back by an operator. */
  readonly held: readonly WaitingOperation[];
  /** Refused by the ledger. */
  readonly refused: readonly WaitingOperation[];
}

export interface DeskAccess {
  /** Counts against a limit of the address. */
  signIn(key: string, askedFrom: string): Promise<SignInAnswer>;
  /** Undefined where the session is over, or its key is no longer in force. */
  signedIn(session: string): Promise<SignedIn | undefined>;
  signOut(session: string): Promise<void>;
  /** Ends every session of the same key. */
  signOutEverywhere(session: string): Promise<void>;
  write(write: DeskWrite): Promise<DeskAnswer>;
  operation(operation: string): Promise<OperationView | undefined>;
  /** Those of the whole desk, or for a key of some programmes its own. */
  waiting(who: SignedIn): Promise<WaitingOperations>;
}
