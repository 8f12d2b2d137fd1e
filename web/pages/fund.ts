/** A fund: what it received and promised, where that money is, its allocations and its batches. */
import { channelText } from "../format/channels.ts";
import type { FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type {
  AllocationView,
  BatchView,
  FundView,
  Page,
  ProgrammeView,
  RefundView,
} from "../../protocol/ports/views.ts";
import { api } from "../api.ts";
import { dayOfText, dayText } from "../format/moments.ts";
import { grouped, money } from "../format/money.ts";
import { basisPoints } from "../format/percentages.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { cardTable } from "../parts/card-table.ts";
import { confirmationTag } from "../parts/confirmation.ts";
import { correctionSection, correctionsOf } from "../parts/corrections.ts";
import { amounts, copyableCode, digest, facts } from "../parts/facts.ts";
import { refundsTable } from "../parts/history.ts";
import { pageOf, paging } from "../parts/paging.ts";
import { donatedParts, partitionFigure } from "../parts/partition.ts";
import { fundExports } from "../parts/exports.ts";
import { auditPath, batchPath } from "../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";
import { unknownCodePage } from "./error.ts";

const rowsPerList = 10;

type Names = ReadonlyMap<ProgrammeId, ProgrammeView>;

const programmeLink = (id: ProgrammeId, names: Names, visit: Visit): HtmlValue => {
  const programme = names.get(id);
  if (programme === undefined) return visit.words.noData;
  return html`<a href="${localPath(visit, `/p/${programme.code}`)}">${programme.name[visit.language]}</a>`;
};

const rules = (fund: FundView, names: Names, visit: Visit): Html => {
  const say = visit.words.fund;
  return html`<section>
    <h2>${say.rules}</h2>
    ${facts([
      [say.claimsShare, basisPoints(fund.claimsShareBps)],
      [say.currency, fund.currency],
      [
        say.scope,
        fund.restrictedTo === undefined
          ? say.general
          : say.restricted(programmeLink(fund.restrictedTo, names, visit)),
      ],
      ...(fund.fallbackTo === undefined
        ? []
        : [[say.fallback, programmeLink(fund.fallbackTo, names, visit)] as const]),
      [say.openedOn, dayOfText(fund.openedAt.blockTime, visit.language)],
      [say.document, html`<a href="/v1/documents/${fund.document}">${digest(fund.document)}</a>`],
    ])}
  </section>`;
};

const allocationsSection = (
  fund: FundView,
  allocations: Page<AllocationView>,
  names: Names,
  visit: Visit,
): Html => {
  const say = visit.words.fund;
  const shown = (amount: bigint): string => money(amount, fund.currency);
  return html`<section id="allocations">
    <h2>${say.allocations}</h2>
    ${
      allocations.items.length === 0
        ? html`<p>${say.allocationsNone}</p>`
        : cardTable(
            [
              { name: say.allocatedOn },
              { name: say.programme },
              { name: say.amount, isNumber: true },
              { name: say.toClaims, isNumber: true },
              { name: say.toOperations, isNumber: true },
            ],
            allocations.items.map((allocation) => [
              dayOfText(allocation.allocatedAt.blockTime, visit.language),
              programmeLink(allocation.programme, names, visit),
              html`<b>${shown(allocation.amount)}</b>`,
              shown(allocation.claimsAmount),
              shown(allocation.amount - allocation.claimsAmount),
            ]),
          )
    }
    ${paging(visit, "allocations", allocations.next)}
  </section>`;
};

const batchesSection = (fund: FundView, batches: Page<BatchView>, visit: Visit): Html => {
  const { words } = visit;
  const say = words.fund;
  return html`<section id="batches">
    <h2>${say.batches} <span class="quiet">${words.unit.batches(grouped(fund.batches))}</span></h2>
    ${
      batches.items.length === 0
        ? html`<p>${say.batchesNone}</p>`
        : cardTable(
            [
              { name: say.batch },
              { name: say.day },
              { name: say.channel },
              { name: say.confirmation },
              { name: say.count, isNumber: true },
              { name: say.sum, isNumber: true },
            ],
            batches.items.map((batch) => [
              html`<a href="${localPath(visit, batchPath(batch.batch))}"
                >${say.batch} ${grouped(batch.batch)}</a
              >`,
              dayText(batch.day, visit.language),
              channelText(batch.channel, words),
              confirmationTag(batch.confirmation, visit),
              words.unit.donations(grouped(batch.count)),
              html`<b>${money(batch.sum, fund.currency)}</b>`,
            ]),
          )
    }
    ${paging(visit, "batches", batches.next)}
    <p class="links"><a href="${localPath(visit, auditPath)}#days">${words.audit.notesMore}</a></p>
  </section>`;
};

/** Nothing where nothing was repaid. */
const refundsSection = (refunds: Page<RefundView>, visit: Visit): Html => {
  if (refunds.items.length === 0) return html``;
  const say = visit.words.history;
  return html`<section id="refunds">
    <h2>${say.refunds}</h2>
    <p class="quiet">${say.refundsLead}</p>
    ${refundsTable(refunds.items, visit)} ${paging(visit, "refunds", refunds.next)}
  </section>`;
};

const moneySection = (fund: FundView, visit: Visit): Html => {
  const { words } = visit;
  if (fund.partition.total === 0n) return html`<p>${words.fund.empty}</p>`;
  return html`<section id="money">
    <h2>${words.fund.money}</h2>
    ${partitionFigure(
      {
        parts: donatedParts(fund.partition),
        total: fund.partition.total,
        totalLabel: words.partition.donated,
        caption: words.partition.adds,
        currency: fund.currency,
        beside: html`<div class="inside">
          <p>${words.partition.insideDonated}</p>
          ${amounts([
            [words.partition.interest, money(fund.interest, fund.currency)],
            [words.fund.refunded, money(fund.refunded, fund.currency)],
            [words.fund.refundOwed, money(fund.refundOwed, fund.currency)],
          ])}
        </div>`,
      },
      words,
    )}
  </section>`;
};

export const fundPage = async (read: Read, visit: Visit, code: string, id: FundId): Promise<PageAnswer> => {
  const fund = await read.fund(id);
  if (fund === undefined) return unknownCodePage(visit, code);
  const [allocations, batches, programmes, refunds, corrections] = await Promise.all([
    read.allocations({ fund: id }, pageOf(visit, "allocations", rowsPerList)),
    read.batches(id, pageOf(visit, "batches", rowsPerList)),
    read.programmes(),
    read.refunds({ fund: id }, pageOf(visit, "refunds", rowsPerList)),
    correctionsOf(read, [{ kind: "fund", record: id }]),
  ]);
  const names: Names = new Map(programmes.map((programme) => [programme.programme, programme]));
  const { words, language } = visit;
  return {
    title: fund.name[language],
    status: 200,
    rawJson: api.fund(fund.code),
    body: html`<div class="title">
        <p class="kind">${words.fund.kind}</p>
        <h1>${fund.name[language]}</h1>
        <p>${copyableCode(fund.code, visit)}</p>
      </div>
      <p class="lead">
        ${words.fund.sentence(
          grouped(fund.donations),
          html`<b>${money(fund.partition.total, fund.currency)}</b>`,
          basisPoints(fund.claimsShareBps),
        )}
        ${fund.restrictedTo !== undefined && words.fund.appeal(programmeLink(fund.restrictedTo, names, visit))}
      </p>
      ${moneySection(fund, visit)} ${allocationsSection(fund, allocations, names, visit)}
      ${batchesSection(fund, batches, visit)} ${refundsSection(refunds, visit)} ${rules(fund, names, visit)}
      ${correctionSection(corrections, visit)} ${fundExports(fund.code, visit)}`,
  };
};
