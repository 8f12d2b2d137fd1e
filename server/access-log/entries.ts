/**
 * What the access log says of a request to write. No body, no query, no text of a path: routes as they are registered,
 * codes that the ledger gave, and keyed marks of what somebody else chose.
 */
import { Type, type Static } from "typebox";

const Route = {
  /** Milliseconds since 1970, by the clock of the gateway's machine. */
  atMs: Type.Integer(),
  method: Type.String(),
  route: Type.String(),
};
const Key = Type.String();
const Roles = Type.Array(Type.String());
const Status = Type.Integer();

/** Written before anything else is done. */
const Asked = Type.Object({
  ...Route,
  what: Type.Literal("asked"),
  key: Key,
  roles: Roles,
  /** What the key is bound to, by number; absent where it is bound to none. */
  boundTo: Type.Optional(Type.Array(Type.Integer())),
  /** Programmes, claims, payouts and findings that the request names; the first of them where there are many. */
  concerns: Type.Array(Type.String()),
  idempotencyMark: Type.Optional(Type.String()),
  addressMark: Type.String(),
});
/** What became of one that was asked. Missing where the process ended. */
const Answered = Type.Object({
  atMs: Type.Integer(),
  what: Type.Literal("answered"),
  /** The number of the entry that it answers. */
  of: Type.Integer(),
  /** Absent where whoever asked had gone. */
  status: Type.Optional(Status),
  /** The first of them where there are many. */
  operations: Type.Array(Type.String()),
});
/** Requests of one minute that were refused before anything was done, counted together. */
const Refused = Type.Object({
  ...Route,
  what: Type.Literal("refused"),
  status: Status,
  /** Absent where no key was shown, or none in force. */
  key: Type.Optional(Key),
  count: Type.Integer(),
  /** From how many addresses; as many as were told apart. */
  addresses: Type.Integer(),
});

export const Entry = Type.Union([Asked, Answered, Refused]);
export type Entry = Static<typeof Entry>;
export type RefusedEntry = Static<typeof Refused>;

/** An entry as it is kept. */
export interface KeptEntry {
  /** Counted from 1, without gaps. */
  readonly number: number;
  readonly entry: Entry;
  /** Of the entry and of all before it, in hexadecimal digits. */
  readonly digest: string;
}
