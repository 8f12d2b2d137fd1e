/** What a page is told about the request, and what it answers: a page, or where to go instead. */
import type { Head } from "../protocol/ports/views.ts";
import type { Html } from "./html.ts";
import type { Language, Words } from "./words/languages.ts";

/** One request for a page, in one language. */
export interface Visit {
  readonly language: Language;
  readonly words: Words;
  /** The path without its language, starting with a slash: `/d/…`. */
  readonly path: string;
  /** Scheme and host of this site, such as `https://example.org`. */
  readonly origin: string;
  /** Whether the foundation's desk is here too. */
  readonly hasDesk: boolean;
  readonly parameter: (name: string) => string;
  /** The text of a query parameter; undefined where it is absent or repeated. */
  readonly query: (name: string) => string | undefined;
}

/** A page before the frame is put around it. */
export interface PageContent {
  readonly title: string;
  readonly status: number;
  readonly body: Html;
  /** The same facts as JSON, under /v1. */
  readonly rawJson?: string;
  /** Answers of find-my-gift: neither stored, nor compressed, nor listed by search engines. */
  readonly secret?: boolean;
  /** Its forms are refused from elsewhere, so the browser must say where they come from: to this site, and to no other. */
  readonly postsBack?: boolean;
  readonly retryAfterSeconds?: number;
  /** What it shows is not there yet: the browser loads it again after so long. */
  readonly reloadSeconds?: number;
  /** Scripts beside those of every page. */
  readonly scripts?: readonly string[];
  /** Where its scripts may ask: nowhere unless given, this site, or, of the verifier alone, any address. */
  readonly connects?: "here" | "anywhere";
}

export interface Redirect {
  readonly redirectTo: string;
}

export type PageAnswer = PageContent | Redirect;

/** The block that a page is true of; `since` where the books moved while the page was read. */
export interface AsOf {
  readonly head: Head;
  readonly since?: Head;
}

/** A path of this site in the visit's language. */
export const localPath = (visit: Pick<Visit, "language">, path: string): string =>
  `/${visit.language}${path}`;
