/** The overview: the partition of everything, of each fund and of each county, and the ways in. */
import type { Read } from "../../protocol/ports/read.ts";
import type { CurrencySummary, Summary } from "../../protocol/ports/views.ts";
import { grouped, money } from "../format/money.ts";
import { html, joined, type Html } from "../html.ts";
import { amounts, facts, searchBox } from "../parts/facts.ts";
import { partitionMatrix } from "../parts/partition-matrix.ts";
import { donatedParts, enteredProgramme, partitionFigure, programmeParts } from "../parts/partition.ts";
import { replicasNote } from "../parts/replicas.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";

const waysIn = (visit: Visit): Html => {
  const { home } = visit.words;
  return html`<div class="ways-in">
    ${searchBox(visit)}
    <p class="find-link">
      <a class="button" href="${localPath(visit, "/find")}">${home.findTitle}</a>
      <span class="quiet">${home.findLead}</span>
    </p>
  </div>`;
};

const shortfallNotice = (summary: Summary, currency: CurrencySummary, visit: Visit): Html => {
  const { shortfall } = visit.words;
  if (currency.shortfall === 0n) return html`<p class="quiet">${shortfall.enough}</p>`;
  const short = summary.programmes.filter(
    (programme) => programme.currency === currency.currency && programme.shortfall > 0n,
  );
  return html`<section class="notice" aria-labelledby="shortfall-${currency.currency}">
    <h2 id="shortfall-${currency.currency}">${shortfall.title}</h2>
    <p>${shortfall.overview(html`<b>${money(currency.shortfall, currency.currency)}</b>`)}</p>
    <p>
      ${shortfall.which}
      ${joined(
        short.map(
          (programme) =>
            html`<a href="${localPath(visit, `/p/${programme.code}`)}#queue"
                >${programme.name[visit.language]}</a
              >
              ${money(programme.shortfall, programme.currency)}`,
        ),
        visit.words.semicolon,
      )}
    </p>
  </section>`;
};

const insideReserve = (currency: CurrencySummary, visit: Visit): Html => {
  const { partition } = visit.words;
  return html`<div class="inside">
    <p>${partition.insideReserve}</p>
    ${amounts([
      [partition.carriedForward, money(currency.carriedForward, currency.currency)],
      [partition.promised, money(promisedFromReserve(currency), currency.currency)],
    ])}
  </div>`;
};

const overall = (currency: CurrencySummary, visit: Visit): Html => {
  const { words } = visit;
  return html`<section>
    <h2>${words.home.overall}</h2>
    ${partitionFigure(
      {
        parts: donatedParts(currency.partition),
        total: currency.partition.total,
        totalLabel: words.partition.donated,
        caption: words.partition.adds,
        currency: currency.currency,
        beside: insideReserve(currency, visit),
      },
      words,
    )}
  </section>`;
};

/** What is approved beyond the reserve is a shortfall, not a part of the reserve. */
const promisedFromReserve = (currency: CurrencySummary): bigint =>
  currency.approvedUnpaid - currency.shortfall;

const byFund = (summary: Summary, currency: string, visit: Visit): Html => {
  const { words } = visit;
  const rows = summary.funds.filter((fund) => fund.currency === currency);
  return html`<section>
    <h2>${words.home.byFund}</h2>
    ${partitionMatrix(
      {
        caption: words.partition.adds,
        nameLabel: words.home.fund,
        totalLabel: words.partition.donated,
        currency,
        rows: rows.map((fund) => ({
          name: fund.name[visit.language],
          href: localPath(visit, `/f/${fund.code}`),
          total: fund.partition.total,
          parts: donatedParts(fund.partition),
        })),
      },
      words,
    )}
  </section>`;
};

const byProgramme = (summary: Summary, currency: string, visit: Visit): Html => {
  const { words } = visit;
  const rows = summary.programmes.filter((programme) => programme.currency === currency);
  return html`<section>
    <h2>${words.home.byProgramme}</h2>
    ${
      rows.length === 0
        ? html`<p>${words.home.noProgrammes}</p>`
        : html`${partitionMatrix(
              {
                caption: words.partition.addsProgramme,
                nameLabel: words.home.programme,
                totalLabel: words.partition.entered,
                currency,
                rows: rows.map((programme) => ({
                  name: programme.name[visit.language],
                  href: localPath(visit, `/p/${programme.code}`),
                  total: enteredProgramme(programme.partition),
                  parts: programmeParts(programme.partition),
                })),
              },
              words,
            )}
            <p class="quiet">${words.home.movedNote}</p>`
    }
  </section>`;
};

const counts = (summary: Summary, visit: Visit): Html => {
  const { home, unit } = visit.words;
  return html`<section>
    <h2>${home.figures}</h2>
    ${facts([
      [home.donations, unit.donations(grouped(summary.donations))],
      [home.claimsPaid, unit.claims(grouped(summary.claims.paid))],
      [home.claimsApproved, unit.claims(grouped(summary.claims.approved))],
      [home.claimsOnHold, unit.claims(grouped(summary.claims.onHold))],
      [home.claimsFiled, unit.claims(grouped(summary.claims.filed))],
    ])}
  </section>`;
};

const empty = (visit: Visit): Html => {
  const { home } = visit.words;
  return html`<section class="empty">
    <h2>${home.emptyTitle}</h2>
    <p>${home.emptyLead}</p>
    <p class="quiet">${home.emptyStaff} <a href="/docs">/docs</a></p>
  </section>`;
};

export const homePage = async (read: Read, visit: Visit): Promise<PageAnswer> => {
  const [summary, replicas] = await Promise.all([read.summary(), read.replicas()]);
  const { home } = visit.words;
  return {
    title: home.title,
    status: 200,
    rawJson: "/v1/summary",
    body: html`<div class="hero">
        <h1>${home.heading}</h1>
        <p class="lead">${home.lead}</p>
      </div>
      ${waysIn(visit)}
      ${
        summary.funds.length === 0
          ? empty(visit)
          : html`${summary.currencies.map(
              (currency) =>
                html`${overall(currency, visit)} ${shortfallNotice(summary, currency, visit)}
                ${byFund(summary, currency.currency, visit)} ${byProgramme(summary, currency.currency, visit)}`,
            )}
            ${counts(summary, visit)}`
      }
      ${replicasNote(replicas, visit)}`,
  };
};
