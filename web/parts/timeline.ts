/** Steps in time, each done, partly done or waiting. The state is said in words too, not by colour alone. */
import { html, type Html } from "../html.ts";

export interface TimelineStep {
  readonly state: "done" | "part" | "waiting";
  readonly stateText: string;
  readonly name: string;
  readonly when?: Html | undefined;
  readonly text: Html | string;
}

export const timeline = (steps: readonly TimelineStep[]): Html =>
  html`<ol class="timeline">
    ${steps.map(
      (step) =>
        html`<li class="step-${step.state}">
          <h3>${step.name} <span class="state">${step.stateText}</span></h3>
          ${step.when !== undefined && html`<p class="when">${step.when}</p>`}
          <p>${step.text}</p>
        </li>`,
    )}
  </ol>`;
