/** One claim at the desk: where it stands, and what the key's roles may do with it. */
import { parseCode } from "../../../protocol/codes/code.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { ClaimView } from "../../../protocol/ports/views.ts";
import type { Entries, FormErrors } from "../../desk/form.ts";
import { handIn } from "../../desk/hand-in.ts";
import { isOwn, may, type DeskPage, type DeskPost, type DeskVisit } from "../../desk/visit.ts";
import { dayOfText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import { deskForm } from "../../parts/desk-form.ts";
import { facts } from "../../parts/facts.ts";
import { claimPath, deskClaimPath } from "../../paths.ts";
import { localPath, type PageAnswer, type PageContent } from "../../visit.ts";
import { sentence } from "../claim/sentence.ts";
import { badCodePage, unknownCodePage } from "../error.ts";
import { claimActs, type ClaimAct } from "./claim-acts.ts";
import { forbiddenPage } from "./forbidden.ts";

/** What was typed into one of the page's forms, and what is wrong with it. */
interface Tried {
  readonly act: ClaimAct;
  readonly entries: Entries;
  readonly errors: FormErrors;
}

const claimIn = async (read: Read, visit: DeskVisit): Promise<ClaimView | PageContent> => {
  const typed = visit.parameter("code");
  const parsed = parseCode(typed);
  if (!parsed.ok || parsed.code.kind !== "claim") return badCodePage(visit, typed);
  const claim = await read.claim(parsed.code.claim);
  return claim === undefined || !isOwn(visit, claim.programme) ? unknownCodePage(visit, typed) : claim;
};

const isPage = (found: ClaimView | PageContent): found is PageContent => "body" in found;

/** Why an approved claim cannot be paid yet; undefined where it can, or where that is not the question. */
const notPayable = (claim: ClaimView, visit: DeskVisit): HtmlValue => {
  const { claim: say } = visit.words.desk;
  if (claim.state !== "approved") return undefined;
  if ((claim.claimsAhead ?? 0) > 0) return say.waitsBehind(grouped(claim.claimsAhead ?? 0));
  return claim.missing !== undefined && claim.missing > 0n
    ? say.waitsForMoney(money(claim.missing, claim.currency))
    : undefined;
};

const actSection = (act: ClaimAct, claim: ClaimView, visit: DeskVisit, tried: Tried | undefined): Html => {
  const { acts } = visit.words.desk.claim;
  const waits = act.name === "pay" ? notPayable(claim, visit) : undefined;
  const own = tried?.act === act ? tried : undefined;
  const form = {
    path: `${deskClaimPath(claim.claim)}/${act.name}`,
    id: act.name,
    fields: act.fields(visit),
    button: acts[act.name].button,
    entries: own?.entries ?? act.entries(claim),
    errors: own?.errors,
    isQuiet: act.isQuiet,
  };
  return html`<section id="${act.name}-section">
    <h2>${acts[act.name].title}</h2>
    <p>${acts[act.name].lead}</p>
    ${waits !== undefined && own === undefined ? html`<p class="note">${waits}</p>` : deskForm(form, visit)}
  </section>`;
};

const claimFacts = (claim: ClaimView, visit: DeskVisit): Html => {
  const { words, language } = visit;
  const { desk, claim: say } = words;
  const day = (at: number | undefined): HtmlValue =>
    at === undefined ? words.noData : dayOfText(at, language);
  return facts([
    [desk.claim.state, say.states[claim.state]],
    [desk.claim.requested, money(claim.requested, claim.currency)],
    ...(claim.approved > 0n ? [[desk.claim.approved, money(claim.approved, claim.currency)] as const] : []),
    [desk.claim.benefit, say.benefits[claim.benefit]],
    ...(claim.incidentFrom === undefined ? [] : [[desk.claim.incident, day(claim.incidentFrom)] as const]),
    [desk.claim.filedOn, day(claim.filedAt.blockTime)],
    [
      desk.claim.public,
      html`<a href="${localPath(visit, claimPath(claim.claim))}"><code>${claim.code}</code></a>`,
    ],
  ]);
};

const page = (claim: ClaimView, visit: DeskVisit, tried?: Tried, status = 200): PageContent => {
  const { desk: say, claim: own } = visit.words;
  const offered = claimActs.filter(
    // What was tried is shown with what was wrong, also where the claim has moved on.
    (act) => act === tried?.act || (may(visit, act.role) && act.states.includes(claim.state)),
  );
  return {
    title: own.title(claim.code),
    status,
    body: html`${deskBar(visit)}
      <h1>${own.kind} <code>${claim.code}</code></h1>
      <p class="lead">${sentence(claim, undefined, visit)}</p>
      ${claimFacts(claim, visit)}
      ${offered.length === 0 && html`<p class="note">${say.claim.nothingToDo}</p>`}
      ${offered.map((act) => actSection(act, claim, visit, tried))}`,
  };
};

export const deskClaimPage: DeskPage = async (read, visit) => {
  const found = await claimIn(read, visit);
  return isPage(found) ? found : page(found, visit);
};

const takeAct =
  (act: ClaimAct): DeskPost =>
  async (read, posted): Promise<PageAnswer> => {
    const claim = await claimIn(read, posted);
    if (isPage(claim)) return claim;
    if (!may(posted, act.role)) return forbiddenPage(posted, act.role);
    return handIn({
      posted,
      fields: act.fields(posted),
      read: act.read(claim, posted),
      again: (entries, errors, status) => page(claim, posted, { act, entries, errors }, status),
    });
  };

/** One address for each act. */
export const claimPosts: readonly (readonly [name: string, post: DeskPost])[] = claimActs.map((act) => [
  act.name,
  takeAct(act),
]);
