/** Words about a plan's terms, and of the page that compares the city plans, in English. */
import { html, joined, type Html, type HtmlValue } from "../../html.ts";
import type { plans as plansInChinese, terms as termsInChinese } from "./zh.ts";

export const terms = {
  notPublished: "not published",
  invented: "invented",
  inventedParts: (parts: HtmlValue): Html => html`invented: ${parts}`,
  parts: {
    rateBps: "share",
    preExistingRateBps: "share if pre-existing",
    cap: "limit",
    per: "claim or period",
    sharing: "sharing",
  },
  inventedNote:
    "These are terms for a demonstration: what is marked as invented was never published and is made up to show how it works.",
  plan: "Plan",
  version: (plan: HtmlValue, version: HtmlValue): Html => html`${plan}, version ${version}`,
  cover: "Cover",
  coverText: (amount: HtmlValue): Html => html`at most ${amount} a person and policy period`,
  coverNone: "no limit",
  premium: "Premium per head",
  premiumText: (amount: HtmlValue): Html => html`${amount} a person and policy period`,
  premiumNone: "no premium is taken",
  filing: "Claims can be filed",
  filingDays: (days: number): string =>
    days === 0
      ? "until the policy period ends"
      : `until ${String(days)} ${days === 1 ? "day" : "days"} after the policy period`,
  ages: "Ages",
  agesBetween: (from: number, to: number): string => `${String(from)} to ${String(to)} years`,
  agesFrom: (from: number): string => `${String(from)} years and older`,
  agesTo: (to: number): string => `up to ${String(to)} years`,
  agesAny: "any age",
  benefits: "Benefits",
  incident: "Time of incident",
  incidentNotStated: "not published; unless stated the ledger records a day",
  incidentDay: "recorded as a day",
  incidentMinute: "to the minute: valid for 24 hours from the check-in, across midnight too",
  layersFirst: "Pays first",
  layerNames: {
    basicMedicalInsurance: "basic medical insurance",
    seriousIllnessInsurance: "serious-illness insurance",
    medicalAid: "medical aid",
  },
  layersThen: ", then ",
  layersNone: "nobody; this plan pays at once",
  specialDrugs: "Special drugs",
  drugs: (count: number): string => `${String(count)} on its list`,
  drugsUnlimited: "no list limit",
  drugsNone: "no list of special drugs",
  deductible: "Deductible",
  deductibleNone: "none",
  deductiblePer: {
    claim: (amount: HtmlValue): Html => html`${amount} of each claim`,
    period: (amount: HtmlValue): Html => html`${amount} once a person and policy period`,
    notPublished: (amount: HtmlValue): Html =>
      html`${amount}; whether of each claim or once a policy period is not published`,
  },
  deductibleOf: {
    one: (costs: HtmlValue): Html => html`; taken from ${costs}`,
    shared: (costs: HtmlValue): Html => html`; ${costs} share it`,
    own: (costs: HtmlValue): Html => html`; ${costs} each have their own`,
    notPublished: (costs: HtmlValue): Html =>
      html`; taken from ${costs}, whether shared or for each is not published`,
  },
  rules: "What is paid",
  scopes: {
    allCost: "all cost",
    insideList: "cost inside the medical-insurance list",
    outsideList: "cost outside the medical-insurance list",
    specialDrugs: "special drugs",
    ownPaidInpatient: "own-paid inpatient cost",
    ownPaidCancer: "own-paid cancer cost",
    ownPaid: "own-paid cost",
    outpatient: "outpatient cost",
    inpatient: "inpatient cost",
    eligible: "eligible cost",
    careAllowance: "care allowance",
    careVisits: "care visits at home",
    careDevices: "rent of care devices",
  },
  costs: (pieces: readonly HtmlValue[]): Html => joined(pieces, ", ", " and "),
  rule: {
    opening: (costs: HtmlValue): Html => html`Of ${costs} `,
    rate: (rate: HtmlValue): Html => html`it pays ${rate}`,
    rateAfterDeductible: (rate: HtmlValue): Html => html`it pays ${rate} after the deductible`,
    rateNotPublished: "it pays a share that is not published",
    preExisting: (rate: HtmlValue): Html => html`, ${rate} with a pre-existing condition`,
    cap: {
      claim: (amount: HtmlValue): Html => html`, at most ${amount} a claim`,
      period: (amount: HtmlValue): Html => html`, at most ${amount} a person and policy period`,
      notPublished: (amount: HtmlValue): Html =>
        html`, at most ${amount} (whether a claim or a policy period is not published)`,
    },
  },
  rounding:
    "Shares are of what is left after those who pay first, rounded down to the fen once a rule. A cost that is not listed is not covered.",
  document: "Terms document (JSON) and its digest",
} satisfies typeof termsInChinese;

export const plans = {
  title: "Jiangsu's city plans: published and recomputed",
  link: "City plans compared",
  lead: "What six cities published about their supplementary medical insurance, and what we computed again from those figures. These plans are not on this ledger, and no gift is among them.",
  tableTitle: "What was paid",
  rawNote:
    "Insured people, claims, amounts paid and the printed mean are raw figures as published; the recomputed mean and the last two columns are computed and never copied. Where nothing is published it says no data, and not zero. People are counted as people, not person-times; one person can have several claims.",
  city: "City",
  cities: {
    nanjing: "Nanjing",
    wuxi: "Wuxi",
    xuzhou: "Xuzhou",
    changzhou: "Changzhou",
    suzhou: "Suzhou",
    yancheng: "Yancheng",
  },
  insured: "Insured people",
  claims: "Claims",
  paid: "Paid",
  mean: "Mean claim, recomputed",
  printedMean: "Mean claim, as printed",
  perTenThousand: "Claims per 10,000 insured, computed",
  perInsured: "Paid per insured, computed",
  cases: (count: HtmlValue): Html => html`${count}`,
  people: (count: HtmlValue): Html => html`${count}`,
  yuan: (amount: HtmlValue): Html => html`¥${amount}`,
  differs: (difference: HtmlValue): Html => html`≠ differs by ¥${difference}`,
  differencesTitle: "Where it does not agree",
  differencesNone: "Every printed mean agrees with the recomputed one.",
  difference: (
    city: HtmlValue,
    paid: HtmlValue,
    claims: HtmlValue,
    quotient: HtmlValue,
    mean: HtmlValue,
    printed: HtmlValue,
  ): Html =>
    html`${city}: ${paid} ÷ ${claims} claims = ${quotient}…, which is ¥${mean} to the nearest yuan. The table
    printed ¥${printed}.`,
  differenceMeans:
    "Every other printed mean is what rounding to the nearest yuan gives. We show both figures and correct neither.",
  termsTitle: "The terms of each city",
  termsLead:
    "Only what is published is stated; the rest says not published. Where a claim turns on something that is not published, the calculation refuses it instead of guessing a figure.",
  insurers: (insurers: HtmlValue): Html => html`Insurers: ${insurers}`,
  insurerNames: {
    chinaLife: "China Life",
    picc: "PICC",
    lianLife: "Lian Life",
    pingAnAnnuity: "Ping An Annuity",
    cpic: "CPIC",
    soochowLife: "Soochow Life",
  },
  named: (insurers: readonly HtmlValue[], others: boolean): Html =>
    joined(others ? [...insurers, "others"] : insurers, ", ", " and "),
  details: (city: HtmlValue): Html => html`Terms of ${city}`,
} satisfies typeof plansInChinese;
