/** The frame around every page: what it is true of, how to move on, and by which convention it was worked out. */
import { asset } from "./assets.ts";
import { momentText } from "./format/moments.ts";
import { grouped } from "./format/money.ts";
import { html, type Html } from "./html.ts";
import { digest } from "./parts/facts.ts";
import { deskPath } from "./paths.ts";
import { localPath, type AsOf, type PageContent, type Visit } from "./visit.ts";
import { languages, otherLanguage, words as wordsOf } from "./words/languages.ts";

/** Ten fen of the line: at nine tenths, the one whose position ends in 0 runs the programme. */
const mark = html`<svg class="mark" viewBox="0 0 59 20" aria-hidden="true">
  <rect class="mark-operating" width="5" height="20" rx="1" />
  ${[6, 12, 18, 24, 30, 36, 42, 48, 54].map(
    (x) => html`<rect class="mark-claims" x="${x}" width="5" height="20" rx="1" />`,
  )}
</svg>`;

const navigation = (visit: Visit): Html => {
  const { nav } = visit.words;
  const links = [
    ["/", nav.home],
    ["/find", nav.find],
    ["/verify", nav.verify],
    ["/about", nav.about],
    ["/audit", nav.audit],
  ] as const;
  return html`<nav aria-label="${nav.label}">
    ${links.map(
      ([path, name]) =>
        html`<a href="${localPath(visit, path)}" ${visit.path === path && html` aria-current="page"`}
          >${name}</a
        >`,
    )}
  </nav>`;
};

const switchLanguage = (visit: Visit, queryString: string): Html => {
  const other = otherLanguage(visit.language);
  const { htmlLanguage, languageName } = wordsOf[other];
  return html`<a
    class="language"
    href="/${other}${visit.path}${queryString}"
    hreflang="${htmlLanguage}"
    lang="${htmlLanguage}"
    >${languageName}</a
  >`;
};

const trueOf = (asOf: AsOf, visit: Visit): Html => {
  const { words, language } = visit;
  const { head, since } = asOf;
  return html`<p class="as-of">
    ${words.asOf.block(html`<b>${grouped(head.blockNumber)}</b>`)}
    <span class="quiet">(${words.asOf[head.finality]})</span>${
      since !== undefined && words.asOf.moved(grouped(since.blockNumber))
    } <span class="dot" aria-hidden="true">·</span> ${momentText(head.blockTime, language)} ${words.asOf.zone}
  </p>`;
};

const strip = (asOf: AsOf, visit: Visit): Html =>
  html`<div class="strip">
    <div class="wide">
      ${trueOf(asOf, visit)}
      ${
        asOf.head.demonstration &&
        html`<p class="demonstration">
          <b class="tag">${visit.words.demonstration.tag}</b> ${visit.words.demonstration.short}
          <a href="#demonstration">${visit.words.demonstration.details}</a>
        </p>`
      }
    </div>
  </div>`;

const foot = (asOf: AsOf | undefined, content: PageContent, visit: Visit): Html => {
  const { words } = visit;
  return html`<footer>
    <div class="wide">
      ${
        asOf?.head.demonstration === true &&
        html`<p id="demonstration" class="note">
          <b>${words.demonstration.tag}</b> ${words.demonstration.long}
        </p>`
      }
      <p>
        ${words.convention.short}
        <a href="${localPath(visit, "/about")}#convention">${words.convention.more}</a>
      </p>
      <p>${words.footer.time}</p>
      ${
        asOf !== undefined &&
        html`<p>
          ${words.footer.open} <span class="dot" aria-hidden="true">·</span> ${words.asOf.ledger}
          ${digest(asOf.head.ledger)} <span class="dot" aria-hidden="true">·</span> ${words.asOf.chain}
          ${asOf.head.chainId}
        </p>`
      }
      <p class="foot-links">
        ${content.rawJson !== undefined && html`<a href="${content.rawJson}">${words.footer.rawJson}</a>`}
        <a href="/docs">${words.nav.api}</a>
        <a href="${localPath(visit, "/plans")}">${words.plans.link}</a>
        ${visit.hasDesk && html`<a href="${localPath(visit, deskPath)}">${words.desk.title}</a>`}
      </p>
    </div>
  </footer>`;
};

/** `asOf` is absent only where the books could not be read. `queryString` is empty or begins with a question mark. */
export const layout = (
  content: PageContent,
  asOf: AsOf | undefined,
  visit: Visit,
  queryString: string,
): Html => {
  const { words } = visit;
  return html`<!doctype html>
    <html lang="${words.htmlLanguage}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${content.secret === true && html`<meta name="robots" content="noindex" />`}
        ${
          content.reloadSeconds !== undefined &&
          html`<meta http-equiv="refresh" content="${content.reloadSeconds}" />`
        }
        <title>${content.title} – ${words.brand}</title>
        <meta name="description" content="${words.tagline}" />
        <link rel="icon" type="image/svg+xml" href="${asset("icon.svg")}" />
        <link rel="stylesheet" href="${asset("everyfen.css")}" />
        ${languages.map(
          (language) =>
            html`<link
              rel="alternate"
              hreflang="${wordsOf[language].htmlLanguage}"
              href="${visit.origin}/${language}${visit.path}"
            />`,
        )}
        <script type="module" src="${asset("keys.js")}"></script>
        ${content.scripts?.map((address) => html`<script defer src="${address}"></script>`)}
      </head>
      <body>
        <a class="skip" href="#content">${words.skipToContent}</a>
        <header>
          <div class="wide">
            <a class="brand" href="${localPath(visit, "/")}">${mark}<span>${words.brand}</span></a>
            ${navigation(visit)} ${switchLanguage(visit, queryString)}
          </div>
        </header>
        ${asOf !== undefined && strip(asOf, visit)}
        <main id="content" class="wide">${content.body}</main>
        ${foot(asOf, content, visit)}
      </body>
    </html>`;
};
