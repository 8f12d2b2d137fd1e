/** A form of the desk on a page: every field with its label, its hint and what is wrong with it. */
import type { Choice, Entries, FormErrors, FormField } from "../desk/form.ts";
import type { DeskVisit } from "../desk/visit.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { localPath } from "../visit.ts";

export interface ShownForm {
  /** Where it posts to, without the language. */
  readonly path: string;
  /** Tells the fields of this form from those of others on the page. */
  readonly id: string;
  readonly fields: readonly FormField[];
  readonly button: string;
  /** What stands in the fields already. */
  readonly entries?: Entries;
  readonly errors?: FormErrors | undefined;
  /** Ends or refuses something: shown apart from what goes on. */
  readonly isQuiet?: boolean;
}

const noErrors: FormErrors = { fields: {}, others: [] };

const option = ({ value, text }: Choice, chosen: string): Html =>
  html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`;

interface Control {
  readonly field: FormField;
  readonly id: string;
  readonly value: string;
  /** Ties it to hint and error. */
  readonly tied: Html;
}

const textInput = ({ field, id, value, tied }: Control, more: Html): Html =>
  html`<input
    id="${id}"
    name="${field.name}"
    value="${value}"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    ${more}
    ${tied}
  />`;

const control = (one: Control, visit: DeskVisit): Html => {
  const { field, id, value, tied } = one;
  const required = field.isOptional !== true && html`required`;
  switch (field.kind) {
    case "text": {
      const list = field.suggestions === undefined ? undefined : `${id}-list`;
      const listed = list !== undefined && html`list="${list}"`;
      return html`${textInput(one, html`type="text" maxlength="${field.maxLength}" ${listed} ${required}`)}
      ${
        list !== undefined &&
        html`<datalist id="${list}">${field.suggestions?.map((each) => option(each, ""))}</datalist>`
      }`;
    }
    case "amount":
      return textInput(one, html`type="text" inputmode="decimal" maxlength="30" ${required}`);
    case "day":
      return textInput(one, html`type="date" ${required}`);
    case "time":
      return textInput(one, html`type="time" step="1" ${required}`);
    case "lines":
      return html`<textarea
        id="${id}"
        name="${field.name}"
        rows="5"
        maxlength="${field.maxLength}"
        ${required}
        ${tied}
      >
${value}</textarea>`;
    case "choice":
      return html`<select id="${id}" name="${field.name}" ${required} ${tied}>
        <option value="">${visit.words.desk.choose}</option>
        ${field.choices.map((choice) => option(choice, value))}
      </select>`;
    case "mark":
      return html`<input
        id="${id}"
        name="${field.name}"
        type="checkbox"
        value="yes"
        ${value === "yes" && html`checked`}
        ${tied}
      />`;
  }
};

const fieldPart = (field: FormField, form: ShownForm, visit: DeskVisit): Html => {
  const id = `${form.id}-${field.name.replace(".", "-")}`;
  const error = form.errors?.fields[field.name];
  const describing = [
    ...(field.hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(" ");
  const tied = html`${describing !== "" && html`aria-describedby="${describing}"`}
  ${error !== undefined && html`aria-invalid="true"`}`;
  const label = html`<label for="${id}"
    >${field.label}${field.isOptional === true && field.kind !== "mark" && html` <span class="quiet">${visit.words.desk.optional}</span>`}</label
  >`;
  const hint = field.hint !== undefined && html`<p class="hint" id="${id}-hint">${field.hint}</p>`;
  const trouble = error !== undefined && html`<p class="error" id="${id}-error">${error}</p>`;
  const shown = control({ field, id, value: form.entries?.[field.name] ?? "", tied }, visit);
  return field.kind === "mark"
    ? html`<div class="field mark-field">
        <p class="mark-line">${shown} ${label}</p>
        ${hint} ${trouble}
      </div>`
    : html`<div class="field">${label} ${hint} ${trouble} ${shown}</div>`;
};

const summary = ({ fields, others }: FormErrors, form: ShownForm, visit: DeskVisit): Html => {
  const { desk: say } = visit.words;
  const named = form.fields.filter(({ name }) => fields[name] !== undefined);
  return html`<div class="form-trouble" role="alert">
    <p class="error">${say.notDone}</p>
    <ul>
      ${others.map((what: HtmlValue) => html`<li>${what}</li>`)}
      ${named.map(
        ({ name, label }) => html`<li><a href="#${form.id}-${name.replace(".", "-")}">${label}</a></li>`,
      )}
    </ul>
  </div>`;
};

export const deskForm = (form: ShownForm, visit: DeskVisit): Html => {
  const errors = form.errors ?? noErrors;
  const isWrong = errors.others.length > 0 || Object.keys(errors.fields).length > 0;
  return html`<form class="desk-form" action="${localPath(visit, form.path)}" method="post">
    ${visit.seal(form.path)} ${isWrong && summary(errors, form, visit)}
    ${form.fields.map((field) => fieldPart(field, form, visit))}
    <button type="submit" class="${form.isQuiet === true ? "quiet-button" : ""}">${form.button}</button>
  </form>`;
};
