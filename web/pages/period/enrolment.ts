/** Who is insured in a period: how many of how many, at what premium, and the rosters that prove it. */
import type { EnrolmentView, Page, PeriodView, RosterView } from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { dayOfText } from "../../format/moments.ts";
import { grouped, money } from "../../format/money.ts";
import { roundedPercentage } from "../../format/percentages.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { digest, facts } from "../../parts/facts.ts";
import { paging } from "../../parts/paging.ts";
import type { Visit } from "../../visit.ts";

const shareOf = ({ people, denominator }: EnrolmentView): string | undefined =>
  denominator === undefined ? undefined : roundedPercentage(BigInt(people), BigInt(denominator));

const sentence = (enrolment: EnrolmentView, visit: Visit): Html => {
  const { period: say } = visit.words;
  const { people, denominator } = enrolment;
  const share = shareOf(enrolment);
  if (denominator === undefined || share === undefined) {
    return html`<p>
      ${say.enrolled(html`<b>${grouped(people)}</b>`)}${visit.words.fullStop} ${say.denominatorNone}
    </p>`;
  }
  return html`<p>
    ${say.enrolledOf(html`<b>${grouped(people)}</b>`, grouped(denominator), html`<b>${share}</b>`)}${
      visit.words.fullStop
    }
  </p>`;
};

const rosterRow = (roster: RosterView, currency: string, visit: Visit): readonly HtmlValue[] => {
  const { period: say } = visit.words;
  const { count, premiumPerHead, denominator } = roster;
  return [
    html`${say.rosterNumber(grouped(roster.roster))} ${digest(roster.root)}`,
    dayOfText(roster.appendedAt.blockTime, visit.language),
    grouped(count),
    denominator === undefined ? say.notPublished : grouped(denominator),
    money(premiumPerHead, currency),
    money(premiumPerHead * BigInt(count), currency),
  ];
};

const rostersTable = (
  enrolment: EnrolmentView,
  rosters: Page<RosterView>,
  currency: string,
  visit: Visit,
): Html => {
  const { period: say } = visit.words;
  const isWhole = rosters.items.length === enrolment.rosters;
  return html`<h3 id="rosters">${say.rosters}</h3>
    ${cardTable(
      [
        { name: say.roster },
        { name: say.appendedOn },
        { name: say.people, isNumber: true },
        { name: say.denominator, isNumber: true },
        { name: say.premiumPerHead, isNumber: true },
        { name: say.premium, isNumber: true },
      ],
      rosters.items.map((roster) => rosterRow(roster, currency, visit)),
      isWhole && rosters.items.length > 1
        ? [
            {
              name: say.allRosters,
              cells: [grouped(enrolment.people), "", "", money(enrolment.premiums, currency)],
            },
          ]
        : [],
    )}
    ${paging(visit, "rosters", rosters.next)}`;
};

export const enrolmentSection = (
  code: string,
  period: PeriodView,
  rosters: Page<RosterView>,
  currency: string,
  visit: Visit,
): Html => {
  const { period: say, footer } = visit.words;
  const { enrolment } = period;
  if (enrolment.rosters === 0) {
    return html`<section id="enrolment">
      <h2>${say.enrolment}</h2>
      <p>${say.enrolmentNone}</p>
    </section>`;
  }
  const { denominator } = enrolment;
  return html`<section id="enrolment">
    <h2>${say.enrolment}</h2>
    ${sentence(enrolment, visit)}
    ${facts([
      [say.people, say.peopleCount(grouped(enrolment.people))],
      [
        say.denominator,
        denominator === undefined ? say.notPublished : say.denominatorCount(grouped(denominator)),
      ],
      [say.share, shareOf(enrolment) ?? say.notPublished],
      [say.premiums, money(enrolment.premiums, currency)],
    ])}
    <p class="quiet">${say.unitNote}</p>
    ${rostersTable(enrolment, rosters, currency, visit)}
    <p class="links"><a href="${api.rosters(code, period.period)}">${footer.rawJson}</a></p>
  </section>`;
};
