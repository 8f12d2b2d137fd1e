/** What a page of the desk is told, and what it may do, beside what every page is told. */
import type { ProgrammeId } from "../../protocol/ids.ts";
import type { Json } from "../../protocol/json.ts";
import type { DeskAccess, DeskAnswer, SignedIn } from "../../protocol/ports/desk-access.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Html } from "../html.ts";
import type { PageAnswer, Visit } from "../visit.ts";

/** The roles of keys that the pages have something for. */
export type DeskRole = "recorder" | "treasurer" | "coordinator" | "adjudicator" | "payer";

/** A request of somebody who has signed in. */
export interface DeskVisit extends Visit {
  readonly who: SignedIn;
  readonly access: Pick<DeskAccess, "operation" | "waiting">;
  /** The hidden fields without which a form that posts to `path` is refused. The path stands without its language. */
  readonly seal: (path: string) => Html;
}

/** A form that was posted from here by who has signed in. */
export interface Posted extends DeskVisit {
  /** What was typed into a field; empty where there is nothing, or more than one value. */
  readonly entry: (name: string) => string;
  /** Asks the API in the name of the session. The form's number is the idempotency key. */
  readonly write: (path: string, body: Json) => Promise<DeskAnswer>;
}

export type DeskPage = (read: Read, visit: DeskVisit) => Promise<PageAnswer> | PageAnswer;
export type DeskPost = (read: Read, posted: Posted) => Promise<PageAnswer> | PageAnswer;

export const may = ({ who: { roles } }: Pick<DeskVisit, "who">, role: DeskRole): boolean =>
  roles.includes(role) || roles.includes("admin");

/** Whether the key is for the programme. */
export const isOwn = ({ who: { programmes } }: Pick<DeskVisit, "who">, programme: ProgrammeId): boolean =>
  programmes === undefined || programmes.includes(programme);
