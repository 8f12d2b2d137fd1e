/** Whether a day's total was confirmed under the payment provider's role. */
import type { ConfirmationState } from "../../protocol/ports/views.ts";
import { html, type Html } from "../html.ts";
import { auditPath } from "../paths.ts";
import { localPath, type Visit } from "../visit.ts";

export const confirmationTag = (state: ConfirmationState, visit: Visit): Html =>
  html`<span class="tag confirmation-${state}">${visit.words.audit.states[state]}</span>`;

/** The state in a sentence, with the way to the table of all days. */
export const confirmationText = (state: ConfirmationState, visit: Visit): Html => {
  const { audit: say } = visit.words;
  return html`${say.notes[state]} <a href="${localPath(visit, auditPath)}#days">${say.notesMore}</a>`;
};
