/** Above every page of the desk: who has signed in with which roles, until when, and the way out. */
import type { DeskVisit } from "../desk/visit.ts";
import { momentText } from "../format/moments.ts";
import { html, type Html } from "../html.ts";
import { signOutEverywherePath, signOutPath } from "../paths.ts";
import { localPath } from "../visit.ts";

const roleText = (role: string, { words }: DeskVisit): string => {
  const name: unknown = Object.getOwnPropertyDescriptor(words.desk.roleNames, role)?.value;
  return typeof name === "string" ? name : role;
};

const signOutForm = (path: string, name: string, visit: DeskVisit): Html =>
  html`<form action="${localPath(visit, path)}" method="post">
    ${visit.seal(path)}
    <button type="submit" class="quiet-button">${name}</button>
  </form>`;

export const bar = (visit: DeskVisit): Html => {
  const { who, words, language } = visit;
  const { desk: say } = words;
  const roles = who.roles.map((role) => roleText(role, visit));
  return html`<aside class="desk-bar" aria-label="${say.title}">
    <p>
      ${say.signedInAs(html`<code>${who.key}</code>`)}
      <span class="dot" aria-hidden="true">·</span> ${say.roles(words.list(roles))}
      <span class="quiet">(${say.until(momentText(Math.floor(who.endsAtMs / 1_000), language))})</span>
    </p>
    <div class="desk-ways-out">
      ${signOutForm(signOutPath, say.signOut, visit)}
      ${signOutForm(signOutEverywherePath, say.signOutEverywhere, visit)}
    </div>
  </aside>`;
};
