/** The frame of the check on a page: the form, the place of its answer, and what it does and does not prove. */
import { html, type Html } from "../html.ts";
import type { Words } from "../words/languages.ts";

interface Place {
  /** Of the script and the words; absent in the file, which holds both. */
  readonly script?: { readonly address: string; readonly words: string };
  /** The words themselves, in the file. */
  readonly wordsJson?: string;
}

/** A page that checks its own gift, against its own site. */
export interface GiftPanel extends Place {
  /** Where the API has the gift's public proof. */
  readonly proof: string;
}

/** A page where the reader chooses receipt, node and site. */
export interface ReceiptPanel extends Place {
  /** Told from other panels of the same page. */
  readonly id: string;
  readonly node: string;
  readonly gateway: string;
}

/** What the script is given of the words: sentences alone. */
export const verifierWordsJson = ({ verify }: Words): string => {
  const { working, again, broken, against, newest, gift, places, compared } = verify;
  const { verdict, verdictText, outcome, steps, passed, failed, unchecked } = verify;
  const lines = { working, again, broken, against, newest, gift, places, compared };
  return JSON.stringify({ ...lines, verdict, verdictText, outcome, steps, passed, failed, unchecked });
};

const rootAttributes = ({ script, wordsJson }: Place): Html =>
  html`data-verifier-root
  ${script !== undefined && html`data-script="${script.address}" data-words-at="${script.words}"`}
  ${wordsJson !== undefined && html`data-words="${wordsJson}"`}`;

const tooOld = ({ verify }: Words): Html =>
  html`<p class="note" data-verifier="old" hidden>${verify.tooOld}</p>
    <noscript><p class="note">${verify.noScript}</p></noscript>`;

const answer = html`<div class="answer" data-verifier="answer" aria-live="polite"></div>`;

/** One button: the gift of this page, checked against this site's node. */
export const giftPanel = (words: Words, panel: GiftPanel): Html => {
  const { verify } = words;
  return html`<div class="verifier" ${rootAttributes(panel)} data-proof="${panel.proof}">
    ${tooOld(words)}
    <p>
      <button type="button" data-verifier="start" hidden>${verify.buttonHere}</button>
    </p>
    <form data-verifier="form" hidden>
      <button type="submit" class="quiet-button" data-verifier="button">${verify.again}</button>
    </form>
    ${answer}
  </div>`;
};

interface AddressField {
  readonly name: "node" | "gateway";
  readonly label: string;
  readonly hint: string;
  readonly value: string;
}

const addressField = (id: string, { name, label, hint, value }: AddressField): Html =>
  html`<div class="field">
    <label for="${id}-${name}">${label}</label>
    <p class="hint" id="${id}-${name}-hint">${hint}</p>
    <input
      id="${id}-${name}"
      data-verifier="${name}"
      type="url"
      value="${value}"
      ${name === "node" && html`required`}
      aria-describedby="${id}-${name}-hint"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
    />
  </div>`;

/** Receipt, node and site to choose. */
export const receiptPanel = (words: Words, panel: ReceiptPanel): Html => {
  const { verify } = words;
  const { id, node, gateway } = panel;
  return html`<div class="verifier" ${rootAttributes(panel)}>
    ${tooOld(words)}
    <form class="find" data-verifier="form" hidden>
      <div class="field">
        <label for="${id}-file">${verify.receipt}</label>
        <p class="hint" id="${id}-file-hint">${verify.receiptHint}</p>
        <input
          id="${id}-file"
          data-verifier="file"
          type="file"
          accept=".json,application/json"
          aria-describedby="${id}-file-hint"
        />
      </div>
      ${addressField(id, { name: "node", label: verify.node, hint: verify.nodeHint, value: node })}
      ${addressField(id, { name: "gateway", label: verify.gateway, hint: verify.gatewayHint, value: gateway })}
      <button type="submit" data-verifier="button">${verify.button}</button>
    </form>
    ${answer}
  </div>`;
};

/** What a passed check says, and what it does not. */
export const whatItProves = ({ verify }: Words): Html =>
  html`<h2>${verify.provesTitle}</h2>
    <p>${verify.proves}</p>
    <p>${verify.provesNotTitle}</p>
    <ul>
      ${verify.provesNot.map((line) => html`<li>${line}</li>`)}
    </ul>
    <p class="quiet">${verify.howTo}</p>`;
