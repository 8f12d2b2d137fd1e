/** A programme (a county or city): its money, its periods, who waits, what each fund promised. */
import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { MoveView, Page, PeriodView, ProgrammeView } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { grouped, money } from "../../format/money.ts";
import { html, type Html } from "../../html.ts";
import { amounts, copyableCode } from "../../parts/facts.ts";
import { pageOf } from "../../parts/paging.ts";
import { enteredProgramme, partitionFigure, programmeParts } from "../../parts/partition.ts";
import { auditSection } from "../../parts/findings.ts";
import { correctionSection, correctionsOf } from "../../parts/corrections.ts";
import { movesSection, recoveriesSection } from "../../parts/history.ts";
import { namedPeriods, settlementSection } from "../../parts/settlement.ts";
import { programmeExports } from "../../parts/exports.ts";
import { programmePath } from "../../paths.ts";
import { localPath, type PageAnswer, type Visit } from "../../visit.ts";
import { unknownCodePage } from "../error.ts";
import { claimsSection, expensesSection, fundsSection, queueSection } from "./lists.ts";
import { periodsSection } from "./periods.ts";

const rowsPerList = 10;
const rowsInQueue = 5;

/** Over all periods: what was paid and came back. Their difference is the net that the partition shows. */
const paidNet = (programme: ProgrammeView, periods: readonly PeriodView[], visit: Visit): Html | false => {
  const sum = (name: "paid" | "recovered"): bigint =>
    periods.reduce((total, { record }) => total + record[name], 0n);
  const [paid, recovered] = [sum("paid"), sum("recovered")];
  if (recovered === 0n) return false;
  const shown = (amount: bigint): string => money(amount, programme.currency);
  return html`<p class="quiet">
    ${visit.words.programme.paidNet(shown(paid), shown(recovered), shown(paid - recovered))}
  </p>`;
};

const moneySection = (programme: ProgrammeView, periods: readonly PeriodView[], visit: Visit): Html => {
  const { words } = visit;
  const { partition, currency } = programme;
  const shown = (amount: bigint): string => money(amount, currency);
  return html`<section id="money">
    <h2>${words.programme.money}</h2>
    ${partitionFigure(
      {
        parts: programmeParts(partition),
        total: enteredProgramme(partition),
        totalLabel: words.partition.entered,
        caption: words.partition.addsProgramme,
        currency,
        beside: html`<div>
          ${amounts([
            [words.partition.allocated, shown(partition.allocated)],
            [words.partition.movedIn, html`+ ${shown(partition.movedIn)}`],
            [words.partition.movedOut, html`− ${shown(partition.movedOut)}`],
            [words.partition.entered, html`= ${shown(enteredProgramme(partition))}`],
          ])}
          <div class="inside">
            <p>${words.partition.insideReserve}</p>
            ${amounts([[words.partition.promised, shown(promisedFromReserve(programme))]])}
          </div>
          ${paidNet(programme, periods, visit)}
        </div>`,
      },
      words,
    )}
  </section>`;
};

/** What is approved beyond the reserve is a shortfall, not a part of the reserve. */
const promisedFromReserve = (programme: ProgrammeView): bigint =>
  programme.approvedUnpaid - programme.shortfall;

/** What kind of programme it is where that is not plain, and where its money went when it ended. */
const notes = (programme: ProgrammeView, moves: Page<MoveView>, visit: Visit): Html => {
  const { programme: say, list } = visit.words;
  const targets = new Map(
    moves.items.filter(({ from }) => from === programme.programme).map(({ to, toName }) => [to, toName]),
  );
  const links = [...targets].map(
    ([to, name]) => html`<a href="${localPath(visit, programmePath(to))}">${name[visit.language]}</a>`,
  );
  return html`${programme.kind === "aid" && html`<p>${say.aidNote}</p>`}
  ${links.length > 0 && html`<p class="note">${say.endedNote(list(links))}</p>`}`;
};

const heading = (programme: ProgrammeView, visit: Visit): Html => {
  const { words, language } = visit;
  const say = words.programme;
  const { partition, currency, region } = programme;
  const bold = (amount: bigint): Html => html`<b>${money(amount, currency)}</b>`;
  return html`<div class="title">
      <p class="kind">${say.kinds[programme.kind]}</p>
      <h1>${programme.name[language]}</h1>
      <p>
        ${copyableCode(programme.code, visit)}
        ${region !== 0 && html`<span class="quiet">${say.region} ${region}</span>`}
      </p>
    </div>
    <p class="lead">
      ${say.sentence(
        bold(enteredProgramme(partition)),
        bold(partition.paid),
        grouped(programme.claims.paid),
        bold(partition.inReserve),
      )}
    </p>`;
};

const readLists = async (read: Read, id: ProgrammeId, visit: Visit) => {
  const filter = { programme: id };
  const [periods, queue, claims, expenses, funds, moves, recoveries] = await Promise.all([
    read.periods(id),
    read.queue(id, { limit: rowsInQueue }),
    read.claims(filter, pageOf(visit, "claims", rowsPerList)),
    read.expenses(id, pageOf(visit, "expenses", rowsPerList)),
    read.funds(),
    read.moves(filter, pageOf(visit, "moves", rowsPerList)),
    read.recoveries(filter, pageOf(visit, "recoveries", rowsPerList)),
  ]);
  const [settlement, attestations, findings, corrections] = await Promise.all([
    read.settlement(id),
    read.attestations(filter, { limit: rowsPerList }),
    read.findings(filter, { limit: rowsPerList }),
    correctionsOf(read, [{ kind: "programme", record: id }]),
  ]);
  return {
    periods,
    queue,
    claims,
    expenses,
    funds,
    moves,
    recoveries,
    settlement,
    attestations,
    findings,
    corrections,
  };
};

export const programmePage = async (
  read: Read,
  visit: Visit,
  code: string,
  id: ProgrammeId,
): Promise<PageAnswer> => {
  const programme = await read.programme(id);
  if (programme === undefined) return unknownCodePage(visit, code);
  const lists = await readLists(read, id, visit);
  const { periods, queue, funds, moves, settlement } = lists;
  const { words, language } = visit;
  return {
    title: programme.name[language],
    status: 200,
    rawJson: api.programme(programme.code),
    body: html`${heading(programme, visit)} ${notes(programme, moves, visit)}
    ${moneySection(programme, periods, visit)} ${queueSection(programme, queue, funds, visit)}
    ${periodsSection(programme, periods, visit)} ${fundsSection(programme, funds, visit)}
    ${movesSection(moves, visit)} ${recoveriesSection(lists.recoveries, programme.currency, visit)}
    ${claimsSection(lists.claims, visit)}
    ${
      settlement !== undefined &&
      settlementSection(settlement, words.period.settlement.title, namedPeriods, visit)
    }
    ${expensesSection(programme, lists.expenses, visit)}
    ${auditSection(lists.attestations.items, lists.findings.items, visit)}
    ${correctionSection(lists.corrections, visit)} ${programmeExports(programme.code, visit)}`,
  };
};
