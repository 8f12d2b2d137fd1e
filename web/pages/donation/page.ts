/** A donation: what became of it, the claims it paid, what is carried forward, and how to check all that. */
import type { BatchId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { DonationView } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { asset } from "../../assets.ts";
import { qrCode } from "../../charts/qr-code.ts";
import { html, type Html } from "../../html.ts";
import { confirmationText } from "../../parts/confirmation.ts";
import { correctionSection, correctionsOf } from "../../parts/corrections.ts";
import { copyableCode } from "../../parts/facts.ts";
import { pageOf } from "../../parts/paging.ts";
import { donatedParts, partitionFigure } from "../../parts/partition.ts";
import { localPath, type PageAnswer, type Visit } from "../../visit.ts";
import { unknownCodePage } from "../error.ts";
import { carriedForward, carriedRuns } from "./carried-forward.ts";
import { checkItYourself } from "./check.ts";
import { paidClaims } from "./claims.ts";
import { journey, sentence } from "./journey.ts";
import { refundSection } from "./refunds.ts";
import { waysOn, wayOnSection } from "./way-on.ts";

const slicesPerPage = 50;

const scanThisPage = (visit: Visit): Html => {
  const say = visit.words.donation;
  const address = `${visit.origin}${localPath(visit, visit.path)}`;
  return html`<aside class="scan">
    ${qrCode(address, say.qrLabel)}
    <p>
      ${say.qr}<br />
      <a href="${localPath(visit, `${visit.path}/certificate`)}">${visit.words.certificate.link}</a>
    </p>
  </aside>`;
};

/** Said at the top while the provider has not confirmed the day, or says something else. */
const confirmationNote = ({ batch: { confirmation } }: DonationView, visit: Visit): Html | false =>
  confirmation !== "confirmed" &&
  html`<p class="${confirmation === "differs" ? "note" : "quiet"}" id="confirmation">
    ${confirmationText(confirmation, visit)}
  </p>`;

export const donationPage = async (
  read: Read,
  visit: Visit,
  code: string,
  batch: BatchId,
  index: number,
): Promise<PageAnswer> => {
  const [donation, trace] = await Promise.all([
    read.donation(batch, index),
    read.donationTrace(batch, index, pageOf(visit, "slices", slicesPerPage)),
  ]);
  if (donation === undefined || trace === undefined) return unknownCodePage(visit, code);
  const [fund, runs, ways, corrections] = await Promise.all([
    read.fund(donation.batch.fund),
    carriedRuns(trace.slices, read, visit),
    waysOn(trace.slices, read),
    correctionsOf(read, [{ kind: "batch", record: batch }]),
  ]);
  const { words } = visit;
  const isPart = trace.next !== undefined || visit.query("slices") !== undefined;
  return {
    title: words.donation.title(donation.code),
    status: 200,
    rawJson: api.donation(donation.code),
    scripts: [asset("verify-start.js")],
    connects: "here",
    body: html`<div class="title">
        <p class="kind">${words.donation.kind}</p>
        <h1>${copyableCode(donation.code, visit)}</h1>
      </div>
      ${sentence(donation, trace, visit)} ${confirmationNote(donation, visit)}
      ${refundSection(donation, visit)}
      <section>
        <h2>${words.donation.steps}</h2>
        ${journey(donation, trace, visit)}
      </section>
      <section>
        <h2>${words.donation.where}</h2>
        ${partitionFigure(
          {
            parts: donatedParts(trace.partition),
            total: trace.partition.total,
            totalLabel: words.partition.gift,
            caption: words.partition.adds,
            currency: donation.currency,
          },
          words,
        )}
      </section>
      ${paidClaims(donation, trace.slices, trace.next, visit)} ${wayOnSection(ways, donation, visit)}
      ${carriedForward(donation, trace.partition.inReserve, runs, isPart, visit)}
      ${checkItYourself(donation, trace, fund, visit)} ${correctionSection(corrections, visit)}
      ${scanThisPage(visit)}
      <p class="quiet">${words.donation.anonymous}</p>`,
  };
};
