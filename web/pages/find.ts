/** Find my gift: the form, and what it answers. An unknown number and a wrong amount get the same page. */
import { parseMinorUnits } from "../../protocol/amounts.ts";
import { parseOccurredAt } from "../../protocol/calendar.ts";
import { encodeCode } from "../../protocol/codes/code.ts";
import type { Read } from "../../protocol/ports/read.ts";
import type { Receipt } from "../../protocol/receipt/types.ts";
import { receiptText } from "../../protocol/receipt/write.ts";
import { entriesOf, readEntries } from "../find-entries.ts";
import { dayText, momentText } from "../format/moments.ts";
import { money } from "../format/money.ts";
import { waitText } from "../format/wait.ts";
import { html, type Html } from "../html.ts";
import { copyableCode } from "../parts/facts.ts";
import { findForm, type FindEntries, type FindErrors } from "../parts/find-form.ts";
import { localPath, type PageContent, type Visit } from "../visit.ts";

const formPage = (visit: Visit, status: number, entries?: FindEntries, errors?: FindErrors): PageContent => {
  const say = visit.words.find;
  return {
    title: say.title,
    status,
    secret: entries !== undefined,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${findForm(visit, entries, errors)}`,
  };
};

const when = (receipt: Receipt, visit: Visit): Html => {
  const occurred = parseOccurredAt(receipt.opening.payload.occurredAt);
  return occurred.precision === "day"
    ? dayText(occurred.day, visit.language)
    : momentText(occurred.instant, visit.language);
};

const codeOf = ({ batch, index }: Receipt): string =>
  encodeCode({ kind: "donation", batch: batch.batch, index });

const receiptSection = (receipt: Receipt, visit: Visit): Html => {
  const say = visit.words.find;
  const json = receiptText(receipt);
  return html`<section>
    <h2>${say.receipt}</h2>
    <p>${say.receiptLead}</p>
    <p class="buttons">
      <a
        class="button quiet-button"
        download="everyfen-${codeOf(receipt)}.json"
        href="data:application/json;charset=utf-8,${encodeURIComponent(json)}"
        >${say.receiptDownload}</a
      >
      <a
        class="button quiet-button"
        href="${localPath(visit, "/verify")}#r=${Buffer.from(json).toString("base64url")}"
        >${say.receiptCheck}</a
      >
    </p>
    <details>
      <summary>${say.receiptShow}</summary>
      <pre>${json}</pre>
    </details>
  </section>`;
};

const foundPage = (receipt: Receipt, currency: string, visit: Visit): PageContent => {
  const say = visit.words.find;
  const amount = money(parseMinorUnits(receipt.opening.payload.amount), currency);
  return {
    title: say.foundTitle,
    status: 200,
    secret: true,
    body: html`<h1>${say.foundTitle}</h1>
      <p class="lead">${say.found(html`<b>${amount}</b>`, when(receipt, visit))}</p>
      <p>${say.code} ${copyableCode(codeOf(receipt), visit)}</p>
      <p><a class="button" href="${localPath(visit, `/d/${codeOf(receipt)}`)}">${say.open}</a></p>
      ${receiptSection(receipt, visit)}`,
  };
};

const notFoundPage = (visit: Visit): PageContent => {
  const say = visit.words.find;
  return {
    title: say.notFoundTitle,
    status: 404,
    secret: true,
    body: html`<h1>${say.notFoundTitle}</h1>
      <p class="lead">${say.notFound}</p>
      <ul>
        ${say.notFoundDo.map((advice) => html`<li>${advice}</li>`)}
      </ul>
      ${findForm(visit)}`,
  };
};

const tooManyPage = (seconds: number, visit: Visit): PageContent => {
  const say = visit.words.find;
  return {
    title: say.tooManyTitle,
    status: 429,
    secret: true,
    retryAfterSeconds: seconds,
    body: html`<h1>${say.tooManyTitle}</h1>
      <p class="lead">${say.tooMany(waitText(seconds, visit.words))}</p>
      <p class="ways-out"><a href="${localPath(visit, "/find")}">${say.title}</a></p>`,
  };
};

export const findPage = (visit: Visit): PageContent => formPage(visit, 200);

/** Answers the posted form. `askedFrom` is the asker's address, for the limit on guesses. */
export const findAnswerPage = async (
  read: Read,
  visit: Visit,
  form: URLSearchParams,
  askedFrom: string,
): Promise<PageContent> => {
  const entries = entriesOf(form);
  const reading = readEntries(entries, visit.words);
  if (reading.errors !== undefined) return formPage(visit, 400, entries, reading.errors);
  const answer = await read.findGift({ ...reading.question, askedFrom });
  switch (answer.outcome) {
    case "found": {
      const fund = await read.fund(answer.receipt.batch.fund);
      return foundPage(answer.receipt, fund?.currency ?? "CNY", visit);
    }
    case "notFound":
      return notFoundPage(visit);
    case "tooMany":
      return tooManyPage(Math.max(1, Math.ceil(answer.retryAfterSeconds)), visit);
  }
};
