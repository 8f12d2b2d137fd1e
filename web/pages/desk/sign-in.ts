/** The form to sign in at the desk. It posts, and what was typed is never shown again. */
import { deskSessionLimits, type SignInAnswer } from "../../../protocol/ports/desk-access.ts";
import { waitText } from "../../format/wait.ts";
import { html, type Html, type HtmlValue } from "../../html.ts";
import { signInPath } from "../../paths.ts";
import { localPath, type PageContent, type Visit } from "../../visit.ts";

/**
 * Why the page is shown: `over` where a form was posted after its session had ended, `plain` where nothing may be typed
 * because the connection is not encrypted.
 */
export type SignInState =
  Exclude<SignInAnswer, { readonly outcome: "signedIn" }> | { readonly outcome: "asked" | "over" | "plain" };

const statuses = { asked: 200, refused: 401, over: 401, plain: 403, tooMany: 429 } as const;

const { longestMs, idleMs } = deskSessionLimits;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const troubleOf = (state: SignInState, visit: Visit): HtmlValue => {
  const { signIn: say } = visit.words.desk;
  switch (state.outcome) {
    case "asked":
      return undefined;
    case "refused":
      return say.refused;
    case "over":
      return say.over;
    case "plain":
      return say.notConfidential;
    case "tooMany":
      return say.tooMany(waitText(state.retryAfterSeconds, visit.words));
  }
};

const form = (trouble: HtmlValue, visit: Visit): Html => {
  const { signIn: say } = visit.words.desk;
  return html`<form class="find" action="${localPath(visit, signInPath)}" method="post">
    <div class="field">
      <label for="key">${say.key}</label>
      <p class="hint" id="key-hint">${say.keyHint}</p>
      ${trouble !== undefined && html`<p class="error" id="key-error" role="alert">${trouble}</p>`}
      <input
        id="key"
        name="key"
        type="password"
        autocomplete="current-password"
        autocapitalize="off"
        spellcheck="false"
        maxlength="200"
        aria-describedby="${trouble === undefined ? "key-hint" : "key-hint key-error"}"
        ${trouble !== undefined && html`aria-invalid="true"`}
        required
      />
    </div>
    <button type="submit">${say.button}</button>
    <p class="quiet">${say.privacy(longestMs / hourMs, idleMs / minuteMs)}</p>
  </form>`;
};

export const signInPage = (visit: Visit, state: SignInState): PageContent => {
  const { signIn: say } = visit.words.desk;
  const trouble = troubleOf(state, visit);
  return {
    title: say.title,
    status: statuses[state.outcome],
    ...(state.outcome === "tooMany" ? { retryAfterSeconds: state.retryAfterSeconds } : {}),
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${state.outcome === "plain" ? html`<p class="error">${trouble}</p>` : form(trouble, visit)}`,
  };
};
