/** A claim that waits: its place in the queue and what the reserve lacks, or why it is on hold. */
import type { ClaimView } from "../../../protocol/ports/views.ts";
import { dayOfText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { queuePath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";
import { reasonText } from "./sentence.ts";

const queueLink = (claim: ClaimView, visit: Visit): Html =>
  html`<p class="links">
    <a href="${localPath(visit, queuePath(claim.programme))}">${visit.words.programme.queueWhole}</a>
  </p>`;

const placeInQueue = (claim: ClaimView, visit: Visit): Html => {
  const { claim: say } = visit.words;
  const { claimsAhead, missing } = claim;
  return html`<section class="${missing === 0n ? "note" : "notice"}">
    <h2>${say.queue}</h2>
    ${
      claimsAhead !== undefined &&
      html`<p>${claimsAhead === 0 ? say.queueFirst : say.queueText(grouped(claimsAhead))}</p>`
    }
    ${
      missing !== undefined &&
      html`<p>
        ${missing === 0n ? say.nothingMissing : say.missing(html`<b>${money(missing, claim.currency)}</b>`)}
      </p>`
    }
    ${queueLink(claim, visit)}
  </section>`;
};

const onHold = (claim: ClaimView, visit: Visit): Html => {
  const { claim: say, noData } = visit.words;
  const held = claim.steps.findLast(({ step }) => step === "held");
  const since = held === undefined ? noData : dayOfText(held.at.blockTime, visit.language);
  return html`<section class="note">
    <h2>${say.heldTitle}</h2>
    <p>${say.heldText(reasonText(claim.reason, visit), since)}</p>
    <p>${say.heldRule}</p>
    ${queueLink(claim, visit)}
  </section>`;
};

/** Nothing for a claim that waits for no payment. */
export const waiting = (claim: ClaimView, visit: Visit): Html => {
  if (claim.state === "approved") return placeInQueue(claim, visit);
  return claim.state === "onHold" ? onHold(claim, visit) : html``;
};
