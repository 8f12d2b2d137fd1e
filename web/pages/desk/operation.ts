/** What became of a write: still under way, recorded, refused by the ledger in words, or cancelled. */
import { encodeCode } from "../../../protocol/codes/code.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import type { OperationView } from "../../../protocol/ports/desk.ts";
import type { DeskPage, DeskVisit } from "../../desk/visit.ts";
import { momentText } from "../../format/moments.ts";
import { grouped } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import { digest, facts } from "../../parts/facts.ts";
import { deskClaimPath, deskOperationPath, deskPath, donationPath, programmePath } from "../../paths.ts";
import { localPath, type PageContent } from "../../visit.ts";
import { notFoundPage } from "../error.ts";

/** Seconds after which the page of a write under way is loaded again. */
const reloadSeconds = 3;

export const kindText = (kind: string, { words }: DeskVisit): string => {
  const name: unknown = Object.getOwnPropertyDescriptor(words.desk.kinds, kind)?.value;
  return typeof name === "string" ? name : kind;
};

const link = (path: string, text: string, visit: DeskVisit): Html =>
  html`<a href="${localPath(visit, path)}"><code>${text}</code></a>`;

/** Where to look at what an event recorded; nothing for what has no page. */
const recordLink = (event: LedgerEvent, visit: DeskVisit): Html | undefined => {
  switch (event.type) {
    case "BatchRecorded":
      return event.count === 1
        ? link(
            donationPath(event.batch, 0),
            encodeCode({ kind: "donation", batch: event.batch, index: 0 }),
            visit,
          )
        : undefined;
    case "PremiumAllocated":
      return link(
        programmePath(event.programme),
        encodeCode({ kind: "programme", programme: event.programme }),
        visit,
      );
    case "ClaimApproved":
    case "ClaimRejected":
    case "ClaimWithdrawn":
    case "ClaimHeld":
    case "ClaimReleased":
    case "ClaimCancelled":
    case "ClaimPaid":
      return link(deskClaimPath(event.claim), encodeCode({ kind: "claim", claim: event.claim }), visit);
    default:
      return undefined;
  }
};

const refusal = ({ refusal: found }: OperationView, visit: DeskVisit): Html => {
  const { operation: say } = visit.words.desk;
  const { name = "Unknown", facts: told = {} } = found ?? {};
  const known: unknown = Object.getOwnPropertyDescriptor(say.refusals, name)?.value;
  return html`<p><b>${typeof known === "string" ? known : say.refusedOtherwise}</b></p>
    <p class="quiet">
      ${say.ledgerSays}
      <code>${name}${Object.entries(told).map(([fact, value]) => ` ${fact}=${value}`)}</code>
    </p>`;
};

const body = (view: OperationView, visit: DeskVisit): Html => {
  const { operation: say } = visit.words.desk;
  const links = view.events.map((event) => recordLink(event, visit)).filter((each) => each !== undefined);
  switch (view.state) {
    case "accepted":
      return html`<p class="lead">${say.accepted}</p>
        <p>
          <a class="button quiet-button" href="${localPath(visit, deskOperationPath(view.operation))}"
            >${say.look}</a
          >
        </p>`;
    case "recorded":
      return html`<p class="lead">${say.recorded}</p>
        ${facts([
          ...(links.length === 0 ? [] : [[say.record, html`${links.map((each) => [each, " "])}`] as const]),
          ...(view.place === undefined
            ? []
            : [
                [say.block, grouped(view.place.blockNumber)] as const,
                [say.time, momentText(view.place.blockTime, visit.language)] as const,
              ]),
        ])}`;
    case "refused":
      return html`<p class="lead">${say.refused}</p>
        ${refusal(view, visit)}`;
    case "cancelled":
      return html`<p class="lead">${say.cancelled}</p>`;
  }
};

export const operationPage: DeskPage = async (_read, visit): Promise<PageContent> => {
  const view = await visit.access.operation(visit.parameter("id"));
  if (view === undefined) return notFoundPage(visit);
  const { desk: say } = visit.words;
  return {
    title: say.operation.title(say.operation.states[view.state]),
    status: 200,
    ...(view.state === "accepted" ? { reloadSeconds } : {}),
    body: html`${deskBar(visit)}
      <div class="title">
        <p class="kind">${kindText(view.kind, visit)}</p>
        <h1 class="operation-${view.state}">${say.operation.states[view.state]}</h1>
      </div>
      ${body(view, visit)}
      <p class="quiet">${say.operation.number} ${digest(view.operation)}</p>
      <p class="ways-out"><a href="${localPath(visit, deskPath)}">${say.back}</a></p>`,
  };
};
