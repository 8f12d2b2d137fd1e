/** Links to what a page shows as files that can be checked without this site. */
import type { ExportKind } from "../../protocol/exports/header.ts";
import { api } from "../api.ts";
import { html, type Html } from "../html.ts";
import type { Visit } from "../visit.ts";

type OfferedKind = Exclude<ExportKind, "insurer-statement">;

const section = (links: readonly (readonly [OfferedKind, string])[], { words }: Visit): Html =>
  html`<section id="exports">
    <h2>${words.exports.title}</h2>
    <p class="quiet">${words.exports.lead}</p>
    <ul>
      ${links.map(([kind, address]) => html`<li><a href="${address}">${words.exports.kinds[kind]}</a></li>`)}
    </ul>
  </section>`;

export const ledgerExports = (visit: Visit): Html => section([["ledger", api.ledgerExport]], visit);

export const fundExports = (code: string, visit: Visit): Html =>
  section(
    (["donations", "allocations"] as const).map((kind) => [kind, api.fundExport(code, kind)]),
    visit,
  );

export const programmeExports = (code: string, visit: Visit): Html =>
  section(
    (["claims", "payouts", "periods", "queue"] as const).map((kind) => [
      kind,
      api.programmeExport(code, kind),
    ]),
    visit,
  );
