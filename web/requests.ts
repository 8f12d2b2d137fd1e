/** A request as the visit that a page is told about, and a page as the answer to it. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { sendPage } from "./delivery.ts";
import { layout } from "./layout.ts";
import type { AsOf, PageContent, Visit } from "./visit.ts";
import { isLanguage, preferredLanguage, words, type Language } from "./words/languages.ts";

const pathOfUrl = (url: string): string => url.split("?", 1)[0] ?? "/";
const queryOfUrl = (url: string): string => (url.includes("?") ? url.slice(url.indexOf("?")) : "");

export const languageOf = (request: FastifyRequest): Language => {
  const [, first] = pathOfUrl(request.url).split("/");
  return isLanguage(first) ? first : preferredLanguage(request.headers["accept-language"]);
};

export const valuesOf = (container: unknown, name: string): unknown =>
  typeof container === "object" && container !== null
    ? Object.getOwnPropertyDescriptor(container, name)?.value
    : undefined;

/** Of the site that is asked, what its pages have to know. */
export interface SiteFacts {
  readonly publicUrl?: string;
  readonly desk?: unknown;
}

export const visitOf = (request: FastifyRequest, { publicUrl, desk }: SiteFacts): Visit => {
  const language = languageOf(request);
  const path = pathOfUrl(request.url);
  const prefix = `/${language}`;
  const text = (container: unknown, name: string): string | undefined => {
    const value = valuesOf(container, name);
    return typeof value === "string" ? value : undefined;
  };
  return {
    language,
    words: words[language],
    path: path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : "/",
    origin: publicUrl ?? `${request.protocol}://${request.host}`,
    hasDesk: desk !== undefined,
    parameter: (name) => text(request.params, name) ?? "",
    query: (name) => text(request.query, name),
  };
};

export const sendContent = (
  request: FastifyRequest,
  reply: FastifyReply,
  content: PageContent,
  asOf: AsOf | undefined,
  visit: Visit,
): Promise<FastifyReply> =>
  sendPage(
    request,
    reply,
    content,
    layout(content, asOf, visit, request.method === "GET" ? queryOfUrl(request.url) : ""),
  );
