/** Steps in time, each done, partly done or waiting. The state is said in words too, not by colour alone. */
import { html, type Html } from "../html.ts";

export interface TimelineStep {
  readonly state: "done" | "part" | "waiting";
  readonly stateText: string;
  readonly name: string;
  readonly when?: Html | undefined;
  readonly text: Html | string;
}

/** More than these do not fit across a desk; they stand down the page there too. */
const mostAcross = 5;

export const timeline = (steps: readonly TimelineStep[]): Html =>
  html`<ol class="timeline${steps.length > mostAcross && " long"}">
    ${steps.map(
      (step) =>
        html`<li class="step-${step.state}">
          <h3>${step.name} <span class="state">${step.stateText}</span></h3>
          ${step.when !== undefined && html`<p class="when">${step.when}</p>`}
          <p>${step.text}</p>
        </li>`,
    )}
  </ol>`;
