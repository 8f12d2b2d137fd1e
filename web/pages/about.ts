/** How it works: the line, the convention, the promise, and the worked example with figures that are computed. */
import { addFen, fen, position } from "../../protocol/amounts.ts";
import { claimsBetween } from "../../protocol/lines/share.ts";
import { stackedBar } from "../charts/stacked-bar.ts";
import { grouped } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import { localPath, type PageAnswer, type Visit } from "../visit.ts";

const shareBps = 9000;
const gifts = [1n, 999n, 10_000n];
const firstClaim = 4_000n;
const secondClaim = 1_200n;
const topUp = 278n;

interface WorkedGift {
  readonly amount: bigint;
  readonly start: bigint;
  readonly end: bigint;
  readonly claims: bigint;
}

const workedGifts = (): readonly WorkedGift[] => {
  let start = 0n;
  return gifts.map((amount) => {
    const end = start + amount;
    const claims = claimsBetween(position(start), position(end), shareBps);
    const gift = { amount, start, end, claims };
    start = end;
    return gift;
  });
};

/** The worked example of the documentation: two programmes share what A, B and C gave. */
const worked = () => {
  const given = workedGifts();
  const total = addFen(...gifts.map((gift) => fen(gift)));
  const half = total / 2n;
  const reserve = claimsBetween(position(0n), position(half), shareBps);
  const bShare = given[1]?.claims ?? 0n;
  const rest = reserve - firstClaim;
  return {
    given,
    total,
    claims: given.reduce((sum, gift) => sum + gift.claims, 0n),
    half,
    reserve,
    operations: half - reserve,
    paidByB: bShare,
    paidByC: firstClaim - bShare,
    rest,
    missing: secondClaim - rest,
  };
};

const exampleTable = (visit: Visit): Html => {
  const { about } = visit.words;
  const { given, total, claims } = worked();
  return html`<table class="sum">
    <thead>
      <tr>
        <th scope="col">${about.who}</th>
        <th scope="col" class="number">${about.given}</th>
        <th scope="col" class="number">${about.positions}</th>
        <th scope="col" class="number">${about.share}</th>
      </tr>
    </thead>
    <tbody>
      ${given.map(
        (gift, at) =>
          html`<tr>
            <th scope="row">${about.donors[at]}</th>
            <td class="number">${grouped(gift.amount)}</td>
            <td class="number">[${gift.start}, ${gift.end})</td>
            <td class="number">${grouped(gift.claims)}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">${about.sum}</th>
        <td class="number">${grouped(total)}</td>
        <td></td>
        <td class="number">${grouped(claims)}</td>
      </tr>
    </tfoot>
  </table>`;
};

const example = (visit: Visit): Html => {
  const { about } = visit.words;
  const facts = worked();
  return html`<section id="example">
    <h2>${about.exampleTitle}</h2>
    <p>${about.exampleLead}</p>
    ${exampleTable(visit)}
    <ol class="example">
      <li>
        ${about.exampleAllocate(grouped(facts.half), grouped(facts.reserve), grouped(facts.operations))}
      </li>
      <li>
        ${about.examplePay(grouped(firstClaim), grouped(facts.paidByB), grouped(facts.paidByC))}
        ${stackedBar([
          { place: "paid", amount: firstClaim },
          { place: "inReserve", amount: facts.rest },
        ])}
      </li>
      <li>${about.exampleCarry(grouped(facts.rest))}</li>
      <li>
        ${about.exampleShort(
          grouped(secondClaim),
          grouped(facts.rest),
          grouped(facts.missing),
          grouped(topUp),
        )}
      </li>
    </ol>
  </section>`;
};

export const aboutPage = (visit: Visit): PageAnswer => {
  const { about } = visit.words;
  return {
    title: about.title,
    status: 200,
    body: html`<article class="prose">
      <h1>${about.title}</h1>
      <p class="lead">${about.lead}</p>
      <section id="line">
        <h2>${about.lineTitle}</h2>
        <p>${about.line}</p>
      </section>
      <section id="convention">
        <h2>${about.conventionTitle}</h2>
        <p>${about.convention}</p>
      </section>
      <section id="promise">
        <h2>${about.promiseTitle}</h2>
        <p>${about.promise}</p>
      </section>
      ${example(visit)}
      <section id="words">
        <h2>${about.wordsTitle}</h2>
        <dl class="terms">
          ${about.terms.map(
            ([term, meaning]) =>
              html`<dt>${term}</dt>
                <dd>${meaning}</dd>`,
          )}
        </dl>
      </section>
      <section id="check">
        <h2>${about.checkTitle}</h2>
        <p>${about.check}</p>
        <p><a class="button" href="${localPath(visit, "/verify")}">${about.checkLink}</a></p>
      </section>
    </article>`,
  };
};
