/** The form of find-my-gift. It posts, so that a transaction number never stands in an address or a log. */
import { html, type Html } from "../html.ts";
import { localPath, type Visit } from "../visit.ts";

export interface FindEntries {
  readonly transactionNumber: string;
  readonly amount: string;
  readonly channel: string;
}

export type FindErrors = Partial<Record<keyof FindEntries, string>>;

export const noEntries: FindEntries = { transactionNumber: "", amount: "", channel: "" };

interface Field {
  readonly name: keyof FindEntries;
  readonly label: string;
  readonly hint: string;
  readonly attributes: Html;
}

const field = (one: Field, entries: FindEntries, errors: FindErrors): Html => {
  const error = errors[one.name];
  const described = error === undefined ? `${one.name}-hint` : `${one.name}-hint ${one.name}-error`;
  return html`<div class="field">
    <label for="${one.name}">${one.label}</label>
    <p class="hint" id="${one.name}-hint">${one.hint}</p>
    ${error !== undefined && html`<p class="error" id="${one.name}-error">${error}</p>`}
    <input
      id="${one.name}"
      name="${one.name}"
      type="text"
      value="${entries[one.name]}"
      aria-describedby="${described}"
      ${error !== undefined && html`aria-invalid="true"`}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      ${one.attributes}
    />
  </div>`;
};

export const findForm = (visit: Visit, entries: FindEntries = noEntries, errors: FindErrors = {}): Html => {
  const say = visit.words.find;
  const fields: readonly Field[] = [
    {
      name: "transactionNumber",
      label: say.number,
      hint: say.numberHint,
      attributes: html`maxlength="200" required`,
    },
    {
      name: "amount",
      label: say.amount,
      hint: say.amountHint,
      attributes: html`maxlength="30" inputmode="decimal" required`,
    },
    { name: "channel", label: say.channel, hint: say.channelHint, attributes: html`maxlength="40"` },
  ];
  return html`<form class="find" action="${localPath(visit, "/find")}" method="post">
    ${fields.map((one) => field(one, entries, errors))}
    <button type="submit">${say.button}</button>
    <p class="quiet">${say.privacy}</p>
  </form>`;
};
