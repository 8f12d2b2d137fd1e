/** What a donor can recompute by hand, the digests that a program can, and what none of it proves. */
import type { DonationTrace, DonationView, FundView } from "../../../protocol/ports/views.ts";
import { claimsShare } from "../../../protocol/lines/share.ts";
import { places } from "../../../protocol/trace/types.ts";
import { api } from "../../api.ts";
import { fundLine } from "../../charts/fund-line.ts";
import { grouped, money } from "../../format/money.ts";
import { html, joined, type Html } from "../../html.ts";
import { confirmationText } from "../../parts/confirmation.ts";
import { digest, facts } from "../../parts/facts.ts";
import { giftPanel } from "../../parts/verifier.ts";
import { verifierScript } from "../../parts/verifier-script.ts";
import { batchPath } from "../../paths.ts";
import { localPath, type Visit } from "../../visit.ts";

const onTheLine = (donation: DonationView, fund: FundView, visit: Visit): Html => {
  const say = visit.words.donation;
  const { total, unallocated } = fund.partition;
  const allocated = total - unallocated;
  return html`<p>${say.lineText(grouped(donation.start), grouped(donation.end), grouped(donation.amount))}</p>
    ${fundLine({ total, allocated, gift: donation }, say.lineChart(fund.name[visit.language]))}
    <p class="quiet">${say.lineScale(money(total, fund.currency), money(allocated, fund.currency))}</p>`;
};

const promise = (donation: DonationView, visit: Visit): Html => {
  const say = visit.words.donation;
  const { start, end, claimsShareBps: bps } = donation;
  return html`<p>
      ${say.promiseText(
        grouped(end),
        grouped(start),
        grouped(claimsShare(end, bps)),
        grouped(claimsShare(start, bps)),
        grouped(donation.claimsShare),
      )}
    </p>
    <p class="quiet">${say.promiseRule(bps)}</p>`;
};

const addedUp = (trace: DonationTrace, visit: Visit): Html =>
  visit.words.donation.sumText(
    joined(
      places.map((place) => grouped(trace.partition[place])),
      " + ",
    ),
    grouped(trace.partition.total),
  );

export const checkItYourself = (
  donation: DonationView,
  trace: DonationTrace,
  fund: FundView | undefined,
  visit: Visit,
): Html => {
  const say = visit.words.donation;
  const { batch } = donation;
  const number = grouped(donation.index + 1);
  const json = api.donation(donation.code);
  return html`<section id="check">
    <h2>${say.check}</h2>
    <p>${visit.words.verify.lead}</p>
    ${giftPanel(visit.words, { proof: `${json}/proof`, script: verifierScript(visit.language) })}
    <p>
      <a href="${localPath(visit, "/verify")}">${visit.words.verify.withReceipt}</a>
    </p>
    <h3>${say.byHand}</h3>
    <p>${say.checkLead}</p>
    ${facts([
      [say.line, fund === undefined ? visit.words.noData : onTheLine(donation, fund, visit)],
      [say.promise, promise(donation, visit)],
      [say.sum, addedUp(trace, visit)],
      [
        say.batch,
        html`<a href="${localPath(visit, batchPath(batch.batch))}">${say.batch} ${grouped(batch.batch)}</a>
          <span class="quiet">${say.indexInBatch(number, grouped(batch.count))}</span>`,
      ],
      [say.confirmation, confirmationText(batch.confirmation, visit)],
      [say.batchRoot, digest(batch.root)],
      [say.commitment, digest(donation.commitment)],
      [
        say.recordedBlock,
        html`${grouped(batch.recordedAt.blockNumber)} ${digest(batch.recordedAt.transactionHash)}`,
      ],
    ])}
    <p>${say.proves}</p>
    <p>${say.provesNot}</p>
    <p class="links">
      <a href="${json}/proof">${say.proof}</a>
      <a href="${json}/trace">${visit.words.footer.rawJson}</a>
    </p>
  </section>`;
};
