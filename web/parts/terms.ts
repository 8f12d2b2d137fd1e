/**
 * A plan's terms in plain words: what is stated, what is not published, and in a demonstration's terms what was
 * invented. The document itself and its digest stand below, so that anyone can compare.
 */
import type { Bytes32 } from "../../protocol/ids.ts";
import { inventedFields } from "../../protocol/terms/examples/demonstration.ts";
import type { Deductible, Rule, Terms } from "../../protocol/terms/types.ts";
import { money } from "../format/money.ts";
import { basisPoints } from "../format/percentages.ts";
import { html, joined, type Html, type HtmlValue } from "../html.ts";
import type { Words } from "../words/languages.ts";
import { digest as digestText, facts } from "./facts.ts";

/** The terms, their words, and which fields were invented. */
interface Page {
  readonly terms: Terms;
  readonly words: Words;
  readonly invented: readonly string[];
}

const shown = ({ terms }: Page, amount: bigint): string => money(amount, terms.currency);

const notPublished = ({ words }: Page): Html =>
  html`<span class="not-published">${words.terms.notPublished}</span>`;

/** A stated value in words, or that it is not published. */
const stated = <Value>(page: Page, value: Value | undefined, say: (value: Value) => HtmlValue): HtmlValue =>
  value === undefined ? notPublished(page) : say(value);

const mark = (text: HtmlValue): Html => html` <b class="tag invented">${text}</b>`;

const partNames = ["rateBps", "preExistingRateBps", "cap", "per", "sharing"] as const;

/** Marks a field that was invented, or says which parts of a deductible or rule were. */
const inventedMark = ({ words: { terms: say }, invented }: Page, field: string): Html => {
  if (invented.includes(field)) return mark(say.invented);
  const parts = partNames.filter((name) => invented.includes(`${field}.${name}`));
  return parts.length === 0
    ? html``
    : mark(say.inventedParts(say.costs(parts.map((name) => say.parts[name]))));
};

const coverText = (page: Page): HtmlValue => {
  const say = page.words.terms;
  return stated(page, page.terms.cover, (cover) =>
    cover === "none" ? say.coverNone : say.coverText(shown(page, cover)),
  );
};

const premiumText = (page: Page): HtmlValue => {
  const say = page.words.terms;
  return stated(page, page.terms.premiumPerHead, (premium) =>
    premium === 0n ? say.premiumNone : say.premiumText(shown(page, premium)),
  );
};

const agesText = (page: Page): HtmlValue => {
  const say = page.words.terms;
  return stated(page, page.terms.ages, (ages) => {
    if (ages === "any") return say.agesAny;
    const { from, to } = ages;
    if (from !== undefined && to !== undefined) return say.agesBetween(from, to);
    if (from !== undefined) return say.agesFrom(from);
    return to === undefined ? say.agesAny : say.agesTo(to);
  });
};

const incidentText = ({ terms, words: { terms: say } }: Page): string => {
  switch (terms.incident) {
    case "minute":
      return say.incidentMinute;
    case "day":
      return say.incidentDay;
    case undefined:
      return say.incidentNotStated;
  }
};

const layersText = ({ terms, words: { terms: say } }: Page): HtmlValue =>
  terms.layers.length === 0
    ? say.layersNone
    : joined(
        terms.layers.map((layer) => say.layerNames[layer]),
        say.layersThen,
      );

const drugsText = (page: Page): HtmlValue => {
  const say = page.words.terms;
  return stated(page, page.terms.specialDrugs, (drugs) => {
    if (drugs === "unlimited") return say.drugsUnlimited;
    return drugs === "none" ? say.drugsNone : say.drugs(drugs);
  });
};

const costsOf = (rules: readonly Rule[], { words: { terms: say } }: Page): Html =>
  say.costs(rules.flatMap((rule) => rule.scopes.map((scope) => say.scopes[scope])));

const deductibleText = (page: Page, { amount, per, sharing, rules }: Deductible): Html => {
  const say = page.words.terms;
  const reduced = page.terms.rules.filter(({ id }) => rules.includes(id));
  const costs = costsOf(reduced, page);
  const of = reduced.length < 2 ? "one" : (sharing ?? "notPublished");
  return html`${say.deductiblePer[per ?? "notPublished"](shown(page, amount))}${say.deductibleOf[of](costs)}`;
};

const deductiblesText = (page: Page): HtmlValue =>
  stated(page, page.terms.deductibles, (deductibles) => {
    if (deductibles.length === 0) return page.words.terms.deductibleNone;
    return deductibles.map(
      (deductible, at) =>
        html`<p>${deductibleText(page, deductible)}${inventedMark(page, `deductibles[${at}]`)}</p>`,
    );
  });

/** A rule as one sentence: of which costs it pays which share, and at most how much. */
const ruleSentence = (page: Page, rule: Rule): Html => {
  const { rule: say } = page.words.terms;
  const { rateBps, preExistingRateBps, cap } = rule;
  const isReduced = page.terms.deductibles?.some(({ rules }) => rules.includes(rule.id)) === true;
  const rate = isReduced ? say.rateAfterDeductible : say.rate;
  return html`${say.opening(costsOf([rule], page))}${
    rateBps === undefined ? say.rateNotPublished : rate(basisPoints(rateBps))
  }${preExistingRateBps !== undefined && say.preExisting(basisPoints(preExistingRateBps))}${
    cap !== undefined && say.cap[cap.per ?? "notPublished"](shown(page, cap.amount))
  }${page.words.fullStop}`;
};

const rulesText = (page: Page): Html =>
  html`<ul class="plan-rules">
    ${page.terms.rules.map(
      (rule, at) => html`<li>${ruleSentence(page, rule)}${inventedMark(page, `rules[${at}]`)}</li>`,
    )}
  </ul>`;

const rowsOf = (page: Page): readonly (readonly [HtmlValue, HtmlValue])[] => {
  const { terms, words } = page;
  const say = words.terms;
  const row = (name: string, field: string, text: HtmlValue): readonly [HtmlValue, HtmlValue] => [
    name,
    html`${text}${inventedMark(page, field)}`,
  ];
  return [
    [say.plan, say.version(html`<code>${terms.plan}</code>`, terms.version)],
    row(say.cover, "cover", coverText(page)),
    row(say.premium, "premiumPerHead", premiumText(page)),
    row(say.ages, "ages", agesText(page)),
    row(
      say.benefits,
      "benefits",
      stated(page, terms.benefits, (kinds) => say.costs(kinds.map((kind) => words.claim.benefits[kind]))),
    ),
    row(say.filing, "filingDays", stated(page, terms.filingDays, say.filingDays)),
    row(say.incident, "incident", incidentText(page)),
    row(say.layersFirst, "layers", layersText(page)),
    row(say.deductible, "deductibles", deductiblesText(page)),
    row(say.rules, "rules", rulesText(page)),
    row(say.specialDrugs, "specialDrugs", drugsText(page)),
  ];
};

/**
 * Terms in plain words, without a heading: a page puts its own above. `digest` names the document that is linked; it
 * has to be that of these terms.
 */
export const termsSection = (terms: Terms, digest: Bytes32, words: Words): Html => {
  const invented = inventedFields(digest);
  const say = words.terms;
  return html`<div class="plan-terms">
    ${invented !== undefined && html`<p class="note">${say.inventedNote}</p>`}
    ${facts([
      ...rowsOf({ terms, words, invented: invented ?? [] }),
      [say.document, html`<a href="/v1/documents/${digest}">${digestText(digest)}</a>`],
    ])}
    <p class="quiet">${say.rounding}</p>
  </div>`;
};
