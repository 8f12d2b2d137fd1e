/**
 * The desk's addresses. Whoever has not signed in sees the form to sign in and nothing else; whatever is posted must come
 * from a page of this site, and from a form that was made for this session.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DeskAccess, SignedIn } from "../../protocol/ports/desk-access.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { atOneBlock } from "../as-of.ts";
import { allocate, allocationPage } from "../pages/desk/allocation.ts";
import { claimPosts, deskClaimPage } from "../pages/desk/claim.ts";
import { deskClaimsPage } from "../pages/desk/claims.ts";
import { answerFinding, deskFindingPage } from "../pages/desk/finding.ts";
import { foreignFormPage } from "../pages/desk/foreign-form.ts";
import { giftPage, recordGift } from "../pages/desk/gift.ts";
import { operationPage } from "../pages/desk/operation.ts";
import { overviewPage } from "../pages/desk/overview.ts";
import { signInPage } from "../pages/desk/sign-in.ts";
import {
  deskAllocationPath,
  deskClaimsPath,
  deskGiftPath,
  deskPath,
  signInPath,
  signOutEverywherePath,
  signOutPath,
} from "../paths.ts";
import { sendContent, visitOf } from "../requests.ts";
import { localPath, type AsOf, type PageAnswer, type Visit } from "../visit.ts";
import { languages } from "../words/languages.ts";
import { isConfidential, keepSession, sessionIn } from "./cookie.ts";
import { comesFromHere, sealedForm, sealFields } from "./seal.ts";
import type { DeskPage, DeskPost, DeskVisit, Posted } from "./visit.ts";

export interface DeskOptions {
  readonly read: Read;
  readonly desk: DeskAccess;
  readonly publicUrl?: string;
}

const claimPath = `${deskClaimsPath}/:code`;
const findingPath = `${deskPath}/findings/:finding`;

const toClaim: DeskPage = (_read, visit) => ({
  redirectTo: localPath(visit, `${deskClaimsPath}/${encodeURIComponent(visit.parameter("code"))}`),
});

const pages: readonly (readonly [path: string, page: DeskPage])[] = [
  [deskPath, overviewPage],
  [deskGiftPath, giftPage],
  [deskAllocationPath, allocationPage],
  [deskClaimsPath, deskClaimsPage],
  [claimPath, deskClaimPage],
  // Where the language is changed, or the page loaded anew, after something was wrong with a form.
  ...claimPosts.map(([name]) => [`${claimPath}/${name}`, toClaim] as const),
  [findingPath, deskFindingPage],
  [`${deskPath}/operations/:id`, operationPage],
];
const posts: readonly (readonly [path: string, post: DeskPost])[] = [
  [deskGiftPath, recordGift],
  [deskAllocationPath, allocate],
  ...claimPosts.map(([name, post]) => [`${claimPath}/${name}`, post] as const),
  [findingPath, answerFinding],
];

/** Of a key with its form. */
const signInBytes = 2_048;
/** A statement in two languages, each character of which takes nine bytes of a form. */
const formBytes = 128 * 1024;
/** The desk's pages are no part of the API's description. */
const hidden = { schema: { hide: true } } as const;

const formOf = (request: FastifyRequest): URLSearchParams =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams();

const entryIn =
  (form: URLSearchParams) =>
  (name: string): string => {
    const values = form.getAll(name);
    return values.length === 1 ? (values[0] ?? "") : "";
  };

/** The desk as one gateway serves it: what every handler needs. */
class DeskRoutes {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  readonly showSignIn = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const visit = this.#visit(request);
    const outcome = isConfidential(request, this.#options.publicUrl) ? "asked" : "plain";
    return this.#send(request, reply, signInPage(visit, { outcome }), visit);
  };

  readonly signIn = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { desk, publicUrl } = this.#options;
    const visit = this.#visit(request);
    if (!comesFromHere(request, publicUrl)) return this.#refuseForeign(request, reply);
    if (!isConfidential(request, publicUrl)) return this.showSignIn(request, reply);
    const answer = await desk.signIn(entryIn(formOf(request))("key"), request.ip);
    if (answer.outcome !== "signedIn") return this.#send(request, reply, signInPage(visit, answer), visit);
    // A session that was there before, whoever's it was, is not gone on with.
    const before = sessionIn(request, publicUrl);
    if (before !== undefined) await desk.signOut(before);
    keepSession(request, reply, publicUrl, answer.session);
    return reply.redirect(localPath(visit, deskPath), 303);
  };

  /** Ends what `end` ends, and lets the browser forget what it holds. */
  readonly signOut =
    (end: (desk: DeskAccess, session: string) => Promise<void>) =>
    (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      this.#posted(request, reply, async (session) => {
        await end(this.#options.desk, session);
        keepSession(request, reply, this.#options.publicUrl, undefined);
        return { redirectTo: localPath(this.#visit(request), signInPath) };
      });

  readonly show =
    (page: DeskPage) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const session = sessionIn(request, this.#options.publicUrl);
      const who = await this.#who(session);
      if (session === undefined || who === undefined) {
        return reply.redirect(localPath(this.#visit(request), signInPath), 303);
      }
      const visit = this.#deskVisit(request, session, who);
      const { answer, asOf } = await atOneBlock(this.#options.read, async () =>
        page(this.#options.read, visit),
      );
      return this.#send(request, reply, answer, visit, asOf);
    };

  readonly take =
    (post: DeskPost) =>
    (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      this.#posted(request, reply, async (session, who, form) => {
        const { read, desk } = this.#options;
        const posted: Posted = {
          ...this.#deskVisit(request, session, who, form),
          entry: entryIn(formOf(request)),
          write: (path, body) =>
            desk.write({ session, path, body, idempotencyKey: `desk-${form}`, askedFrom: request.ip }),
        };
        return post(read, posted);
      });

  /** Runs `work` for a form of a session in force that was made for it. */
  async #posted(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (session: string, who: SignedIn, form: string) => Promise<PageAnswer>,
  ): Promise<FastifyReply> {
    const visit = this.#visit(request);
    if (!comesFromHere(request, this.#options.publicUrl)) return this.#refuseForeign(request, reply);
    const session = sessionIn(request, this.#options.publicUrl);
    const who = await this.#who(session);
    if (session === undefined || who === undefined) {
      return this.#send(request, reply, signInPage(visit, { outcome: "over" }), visit);
    }
    const form = sealedForm(session, visit.path, formOf(request));
    if (form === undefined) return this.#refuseForeign(request, reply);
    return this.#send(request, reply, await work(session, who, form), visit);
  }

  #refuseForeign(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = this.#visit(request);
    return this.#send(request, reply, foreignFormPage(visit), visit);
  }

  async #send(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: PageAnswer,
    visit: Visit,
    asOf?: AsOf,
  ): Promise<FastifyReply> {
    if ("redirectTo" in answer) return reply.redirect(answer.redirectTo, 303);
    return sendContent(request, reply, { ...answer, secret: true, postsBack: true }, asOf, visit);
  }

  #visit(request: FastifyRequest): Visit {
    return visitOf(request, this.#options);
  }

  #deskVisit(request: FastifyRequest, session: string, who: SignedIn, form?: string): DeskVisit {
    const visit = this.#visit(request);
    return {
      ...visit,
      who,
      access: this.#options.desk,
      // A form that is shown once more keeps its number: what it said before may have landed.
      seal: (path) => sealFields(session, path, path === visit.path ? form : undefined),
    };
  }

  async #who(session: string | undefined): Promise<SignedIn | undefined> {
    return session === undefined ? undefined : this.#options.desk.signedIn(session);
  }
}

/** Adds the desk under every language. */
export const desk = async (app: FastifyInstance, options: DeskOptions): Promise<void> => {
  // Also where an error is answered.
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
  const routes = new DeskRoutes(options);
  const take = (language: string, path: string, handler: ReturnType<DeskRoutes["take"]>): void => {
    app.post(`/${language}${path}`, { ...hidden, bodyLimit: formBytes }, handler);
  };
  for (const language of languages) {
    app.get(`/${language}${signInPath}`, hidden, routes.showSignIn);
    app.post(`/${language}${signInPath}`, { ...hidden, bodyLimit: signInBytes }, routes.signIn);
    take(
      language,
      signOutPath,
      routes.signOut((access, session) => access.signOut(session)),
    );
    take(
      language,
      signOutEverywherePath,
      routes.signOut((access, session) => access.signOutEverywhere(session)),
    );
    for (const [path, page] of pages) app.get(`/${language}${path}`, hidden, routes.show(page));
    for (const [path, post] of posts) take(language, path, routes.take(post));
  }
};
