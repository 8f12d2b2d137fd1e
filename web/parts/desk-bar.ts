/** Above every page of the desk: its pages, who has signed in with which roles, until when, and the way out. */
import { may, type DeskVisit } from "../desk/visit.ts";
import { momentText } from "../format/moments.ts";
import { html, type Html } from "../html.ts";
import { deskAllocationPath, deskGiftPath, deskPath, signOutEverywherePath, signOutPath } from "../paths.ts";
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

const navigation = (visit: DeskVisit): Html => {
  const { desk: say } = visit.words;
  const links = [
    [deskPath, say.overview.title, true],
    [deskGiftPath, say.gift.title, may(visit, "recorder")],
    [deskAllocationPath, say.allocation.title, may(visit, "treasurer")],
  ] as const;
  return html`<nav class="links" aria-label="${say.title}">
    ${links.map(
      ([path, name, isOffered]) =>
        isOffered &&
        html`<a href="${localPath(visit, path)}" ${visit.path === path && html`aria-current="page"`}
          >${name}</a
        >`,
    )}
  </nav>`;
};

export const deskBar = (visit: DeskVisit): Html => {
  const { who, words, language } = visit;
  const { desk: say } = words;
  const roles = who.roles.map((role) => roleText(role, visit));
  return html`<div class="desk-bar">
    ${navigation(visit)}
    <p class="quiet">
      ${say.signedInAs(html`<code>${who.key}</code>`)}
      <span class="dot" aria-hidden="true">·</span> ${say.roles(words.list(roles))}
      <span class="dot" aria-hidden="true">·</span> ${say.until(
        momentText(Math.floor(who.endsAtMs / 1_000), language),
      )}
    </p>
    <div class="desk-ways-out">
      ${signOutForm(signOutPath, say.signOut, visit)}
      ${signOutForm(signOutEverywherePath, say.signOutEverywhere, visit)}
    </div>
  </div>`;
};
