/**
 * The explorer as a Fastify plugin: every page in every language, rendered on the server from the port it is given.
 * It knows nothing of databases and chains.
 */
import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
} from "fastify";
import type { DeskAccess } from "../protocol/ports/desk-access.ts";
import { InvalidCursor, type Read } from "../protocol/ports/read.ts";
import { atOneBlock } from "./as-of.ts";
import { everyAsset } from "./assets.ts";
import { sendAsset } from "./delivery.ts";
import { desk } from "./desk/routes.ts";
import {
  badCursorPage,
  badRequestPage,
  busyPage,
  overloadedPage,
  failedPage,
  notFoundPage,
  startingPage,
} from "./pages/error.ts";
import { findAnswerPage } from "./pages/find.ts";
import { languageOf, sendContent, valuesOf, visitOf } from "./requests.ts";
import { pages, type PageMaker } from "./routes.ts";
import type { AsOf, PageAnswer, PageContent, Visit } from "./visit.ts";
import { languages } from "./words/languages.ts";

export interface ExplorerOptions {
  readonly read: Read;
  /** Absent, there is no desk to sign in at. */
  readonly desk?: DeskAccess;
  /** The origin that QR codes and links between the languages name, such as https://example.org; that of the request unless given. */
  readonly publicUrl?: string;
}

const formBytes = 4096;
/** The explorer's pages are no part of the API's description. */
const page = { schema: { hide: true } } as const;
/** Paths that answer programs, never with a page of ours. */
const machinePaths = /^\/(v1|rpc|docs|openapi\.json|healthz|readyz|metrics)(\/|$|\?)/;

const sendAnswer = (
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PageAnswer,
  asOf: AsOf,
  visit: Visit,
): Promise<FastifyReply> | FastifyReply =>
  "redirectTo" in answer
    ? reply.redirect(answer.redirectTo, 302)
    : sendContent(request, reply, answer, asOf, visit);

const serve =
  (options: ExplorerOptions, maker: PageMaker) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { read } = options;
    const visit = visitOf(request, options);
    const { answer, asOf } = await atOneBlock(read, async () => maker(read, visit));
    return sendAnswer(request, reply, answer, asOf, visit);
  };

/** A question counts against the asker's limit, so it is asked once, whether or not the head moves meanwhile. */
const serveFindAnswer =
  (options: ExplorerOptions) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { read } = options;
    const visit = visitOf(request, options);
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const content = await findAnswerPage(read, visit, form, request.ip);
    return sendContent(request, reply, content, { head: await read.head() }, visit);
  };

const contentOfError = (error: FastifyError, request: FastifyRequest, visit: Visit): PageContent => {
  if (error instanceof InvalidCursor) return badCursorPage(visit);
  const wait = valuesOf(error, "retryAfterSeconds");
  if (typeof wait === "number") {
    const seconds = Math.max(1, Math.ceil(wait));
    if (error.code === "overloaded") return overloadedPage(visit, seconds);
    return error.statusCode === 503 ? startingPage(visit, seconds) : busyPage(visit, seconds);
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return badRequestPage(visit, status);
  request.log.error({ err: error }, "page failed");
  return failedPage(visit, request.id);
};

const addPages = (app: FastifyInstance, options: ExplorerOptions): void => {
  for (const language of languages) {
    app.get(`/${language}`, page, (_request, reply) => reply.redirect(`/${language}/`, 302));
    for (const [path, maker] of pages) app.get(`/${language}${path}`, page, serve(options, maker));
    app.post(`/${language}/find`, { ...page, bodyLimit: formBytes }, serveFindAnswer(options));
  }
  app.get("/", page, (request, reply) =>
    reply.header("vary", "accept-language").redirect(`/${languageOf(request)}/`, 302),
  );
};

const addUnknown = (app: FastifyInstance, options: ExplorerOptions): void => {
  app.get("/*", page, async (request, reply) => {
    if (machinePaths.test(request.url)) return reply.callNotFound();
    const visit = visitOf(request, options);
    return sendContent(request, reply, notFoundPage(visit), { head: await options.read.head() }, visit);
  });
};

/** Pages under /zh and /en, static files under /assets, and / that leads to the reader's language. */
export const explorer: FastifyPluginAsync<ExplorerOptions> = async (app, options) => {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: formBytes },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    // For the API's own handler: a path of its own that it does not offer comes by here.
    if (machinePaths.test(request.url)) throw error;
    const visit = visitOf(request, options);
    await sendContent(request, reply, contentOfError(error, request, visit), undefined, visit);
  });
  for (const asset of everyAsset) {
    app.get(asset.path, page, (request, reply) => sendAsset(request, reply, asset));
  }
  addPages(app, options);
  if (options.desk !== undefined) await app.register(desk, { ...options, desk: options.desk });
  addUnknown(app, options);
};

export default explorer;
