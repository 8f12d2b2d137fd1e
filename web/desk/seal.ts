/**
 * What shows that a form was made here, for this session: a mark that only who knows the session can work out, over the
 * address that it is for and the number that the form got when it was made. The number is also the idempotency key of
 * what the form writes, so that a form lands once, however often it is sent.
 */
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { html, type Html } from "../html.ts";

const formNumber = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const markOf = (session: string, path: string, form: string): Buffer =>
  createHmac("sha256", session).update(`everyfen desk form\n${path}\n${form}`).digest();

/** Hidden fields of a form that posts to `path`, without its language. `form` is given where it is shown once more. */
export const sealFields = (session: string, path: string, form: string = randomUUID()): Html =>
  html`<input type="hidden" name="form" value="${form}" />
    <input type="hidden" name="seal" value="${markOf(session, path, form).toString("base64url")}" />`;

/** The number of a posted form; undefined where it was not made here, for this session and this address. */
export const sealedForm = (session: string, path: string, posted: URLSearchParams): string | undefined => {
  const form = posted.get("form") ?? "";
  const seal = Buffer.from(posted.get("seal") ?? "", "base64url");
  const expected = markOf(session, path, form);
  const isOurs = formNumber.test(form) && seal.length === expected.length && timingSafeEqual(seal, expected);
  return isOurs ? form : undefined;
};

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

/**
 * Whether a browser says that the request comes from a page of this site. One that says neither which site nor which
 * origin it comes from is too old to be told from another site.
 */
export const comesFromHere = (request: FastifyRequest, publicUrl: string | undefined): boolean => {
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (origin === undefined) return site !== undefined;
  const host = hostOf(origin);
  const ours = [`${request.protocol}://${request.host}`, ...(publicUrl === undefined ? [] : [publicUrl])];
  return host !== undefined && ours.map(hostOf).includes(host);
};
