/** A certificate of a gift to print, on A6 or A4. Who gave it is written by whoever prints it, on this device only. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { BatchId } from "../../../protocol/ids.ts";
import { qrCode } from "../../charts/qr-code.ts";
import { dayText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { certificatePath, donationPath } from "../../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../../visit.ts";
import { unknownCodePage } from "../error.ts";

const sizes = ["a6", "a4"] as const;

const controls = (visit: Visit, path: string): Html => {
  const say = visit.words.certificate;
  return html`<div class="certificate-controls">
    <div class="field" data-needs-script hidden>
      <label for="certificate-name">${say.name}</label>
      <p class="hint" id="certificate-name-hint">${say.nameHint}</p>
      <input
        id="certificate-name"
        type="text"
        maxlength="60"
        aria-describedby="certificate-name-hint"
        autocomplete="off"
        spellcheck="false"
        data-writes="certificate-holder"
      />
    </div>
    <p class="links">
      ${say.size}
      ${sizes.map((size) => html`<a href="${localPath(visit, path)}?size=${size}">${size.toUpperCase()}</a> `)}
      <button type="button" data-print hidden>${say.print}</button>
    </p>
  </div>`;
};

export const certificatePage = async (
  read: Read,
  visit: Visit,
  code: string,
  batch: BatchId,
  index: number,
): Promise<PageAnswer> => {
  const donation = await read.donation(batch, index);
  if (donation === undefined) return unknownCodePage(visit, code);
  const { words, language, origin } = visit;
  const say = words.certificate;
  const size = sizes.find((known) => known === visit.query("size")) ?? "a6";
  const { amount, currency, claimsShare, fundName } = donation;
  const address = `${origin}${localPath(visit, donationPath(batch, index))}`;
  return {
    title: say.title,
    status: 200,
    body: html`${controls(visit, certificatePath(batch, index))}
      <article class="certificate ${size}">
        <p class="certificate-brand">${words.brand}</p>
        <h1>${say.title}</h1>
        <p>${say.to}</p>
        <p class="certificate-holder" id="certificate-holder"></p>
        <p>
          ${say.gave(
            html`<b>${money(amount, currency)}</b>`,
            fundName[language],
            dayText(donation.batch.day, language),
          )}
          ${say.share(html`<b>${money(claimsShare, currency)}</b>`)}
        </p>
        <div class="certificate-foot">
          ${qrCode(address, words.donation.qrLabel)}
          <p>
            ${say.code}<br /><code class="code">${donation.code}</code><br />
            <span class="quiet">${say.block(grouped(donation.batch.recordedAt.blockNumber))}</span><br />
            <span class="quiet">${say.scan}</span>
          </p>
        </div>
        <p class="quiet certificate-note">${say.noName}</p>
      </article>`,
  };
};
