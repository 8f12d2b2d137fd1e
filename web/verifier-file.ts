/**
 * The verifier as one file: page, style, script and both languages, for `file://` and any node. It asks nobody but the
 * addresses that its reader writes into it. The same sources give the same bytes on every machine.
 */
import { createHash } from "node:crypto";
import { html, type Html } from "./html.ts";
import { bundled } from "./islands/bundle.ts";
import { receiptPanel, verifierWordsJson, whatItProves } from "./parts/verifier.ts";
import { styleSheet } from "./style/sheet.ts";
import { languages, words as wordsOf, type Language } from "./words/languages.ts";

const sha256 = (text: string, encoding: "base64" | "hex"): string =>
  createHash("sha256").update(text).digest(encoding);

/** The text of an inline script, which nothing inside may end. */
const inline = (script: string): string => script.trim().replaceAll("</", "<\\/");

const section = (language: Language): Html => {
  const words = wordsOf[language];
  const { verify } = words;
  const wordsJson = verifierWordsJson(words);
  return html`<section lang="${words.htmlLanguage}" id="${language}">
    <h1>${verify.title}</h1>
    <p class="lead">${verify.lead}</p>
    ${receiptPanel(words, { id: language, node: "", gateway: "", wordsJson })} ${whatItProves(words)}
  </section>`;
};

export interface VerifierFile {
  readonly text: string;
  /** sha256 of the text, in hexadecimal. */
  readonly digest: string;
}

/** Builds the file. */
export const verifierFile = (): VerifierFile => {
  const style = styleSheet().trim();
  const start = inline(bundled("verify-start.js", "es5").toString());
  const check = inline(bundled("verify/main.ts").toString());
  const source = (text: string): string => `'sha256-${sha256(text, "base64")}'`;
  // Whatever address its reader writes; nothing else is loaded from anywhere.
  const policy =
    `default-src 'none'; script-src ${source(start)} ${source(check)}; style-src ${source(style)}; ` +
    "connect-src *; base-uri 'none'; form-action 'none'";
  const links = languages.map(
    (language) =>
      html`<a href="#${language}" lang="${wordsOf[language].htmlLanguage}"
        >${wordsOf[language].languageName}</a
      > `,
  );
  const text = [
    "<!doctype html>",
    '<html lang="zh-CN">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${wordsOf.zh.brand} Everyfen – ${wordsOf.zh.verify.title} / ${wordsOf.en.verify.title}</title>`,
    `<style>${style}</style>`,
    "</head>",
    '<body><main class="wide prose">',
    html`<p>${links}</p>
      ${languages.map(section)}`.toString(),
    "</main>",
    `<script>${start}</script>`,
    `<script>${check}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
  return { text, digest: sha256(text, "hex") };
};
