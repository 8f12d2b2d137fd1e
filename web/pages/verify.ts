/** The verifier's page: a receipt, any node, any site; and the same as a file. */
import { html, type Html } from "../html.ts";
import { asset, verifierDigest } from "../assets.ts";
import { digest } from "../parts/facts.ts";
import { receiptPanel, whatItProves } from "../parts/verifier.ts";
import { verifierScript } from "../parts/verifier-script.ts";
import type { PageAnswer, Visit } from "../visit.ts";

const offline = ({ words }: Visit): Html => {
  const { verify } = words;
  return html`<section id="offline">
    <h2>${verify.offlineTitle}</h2>
    <p>${verify.offline}</p>
    <p>
      <a class="button quiet-button" href="${asset("verifier.html")}" download="verifier.html"
        >${verify.offlineLink}</a
      >
    </p>
    <p class="quiet">SHA-256: ${digest(verifierDigest)}</p>
  </section>`;
};

export const verifyPage = (visit: Visit): PageAnswer => {
  const { words, origin, language } = visit;
  const { verify } = words;
  return {
    title: verify.title,
    status: 200,
    connects: "anywhere",
    scripts: [asset("verify-start.js")],
    body: html`<article class="prose">
      <h1>${verify.title}</h1>
      <p class="lead">${verify.lead}</p>
      ${receiptPanel(words, {
        id: "verify",
        node: `${origin}/rpc`,
        gateway: origin,
        script: verifierScript(language),
      })}
      <section id="proves">${whatItProves(words)}</section>
      ${offline(visit)}
    </article>`,
  };
};
