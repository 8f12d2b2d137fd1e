/** A batch: gifts of one fund, channel and settlement day that were recorded together. */
import { channelText } from "../format/channels.ts";
import { position } from "../../protocol/amounts.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { BatchId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import { dayText, momentText } from "../format/moments.ts";
import { grouped, money } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import { confirmationText } from "../parts/confirmation.ts";
import { correctionSection, correctionsOf } from "../parts/corrections.ts";
import { copyableCode, digest, facts } from "../parts/facts.ts";
import { donationPath, fundPath } from "../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";
import { unknownCodePage } from "./error.ts";

export const batchPage = async (read: Read, visit: Visit, code: string, id: BatchId): Promise<PageAnswer> => {
  // Every batch holds at least one gift, and the gift brings the facts of its batch.
  const first = await read.donation(id, 0);
  if (first === undefined) return unknownCodePage(visit, code);
  const corrections = await correctionsOf(read, [{ kind: "batch", record: id }]);
  const { words, language } = visit;
  const say = words.batch;
  const { batch, currency } = first;
  const gift = (index: number): Html =>
    html`<a href="${localPath(visit, donationPath(id, index))}"
      ><code>${encodeCode({ kind: "donation", batch: id, index })}</code></a
    >`;
  return {
    title: say.title(code),
    status: 200,
    body: html`<div class="title">
        <p class="kind">${say.kind}</p>
        <h1>${copyableCode(code, visit)}</h1>
      </div>
      <p class="lead">
        ${say.sentence(
          dayText(batch.day, language),
          channelText(batch.channel, words),
          grouped(batch.count),
          html`<b>${money(batch.sum, currency)}</b>`,
        )}
      </p>
      ${facts([
        [say.fund, html`<a href="${localPath(visit, fundPath(batch.fund))}">${first.fundName[language]}</a>`],
        [say.day, dayText(batch.day, language)],
        [say.channel, html`${channelText(batch.channel, words)} <code>${batch.channel}</code>`],
        [say.count, words.unit.donations(grouped(batch.count))],
        [say.sum, money(batch.sum, currency)],
        [say.confirmation, confirmationText(batch.confirmation, visit)],
        [say.line, html`[${grouped(batch.startsAt)}, ${grouped(position(batch.startsAt + batch.sum))})`],
        [say.first, gift(0)],
        [say.last, gift(batch.count - 1)],
        [say.recorded, momentText(batch.recordedAt.blockTime, language)],
        [say.transaction, digest(batch.recordedAt.transactionHash)],
        [say.root, digest(batch.root)],
      ])}
      <p class="quiet">${say.order}</p>
      ${correctionSection(corrections, visit)}`,
  };
};
