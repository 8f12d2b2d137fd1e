/** A page of the desk that is one form and nothing else. */
import type { DeskVisit } from "../../desk/visit.ts";
import { html } from "../../html.ts";
import { deskBar } from "../../parts/desk-bar.ts";
import { deskForm, type ShownForm } from "../../parts/desk-form.ts";
import type { PageContent } from "../../visit.ts";

interface FormPageWords {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
}

export const formPage = (
  { title, lead, button }: FormPageWords,
  form: Omit<ShownForm, "button">,
  visit: DeskVisit,
  status = 200,
): PageContent => ({
  title,
  status,
  body: html`${deskBar(visit)}
    <h1>${title}</h1>
    <p class="lead">${lead}</p>
    ${deskForm({ ...form, button }, visit)}`,
});
