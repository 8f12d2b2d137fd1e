/** What auditors attest and find, with the foundation's answers. */
import type { AttestationView, FindingView, SubjectView } from "../../protocol/ports/views.ts";
import { grouped } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import { periodPath, programmePath } from "../paths.ts";
import { localPath, type Visit } from "../visit.ts";
import { digest } from "./facts.ts";
import { publishedStatement } from "./statements.ts";

const subjectName = ({ programme, programmeName, period }: SubjectView, visit: Visit): Html => {
  const { audit: say } = visit.words;
  if (programme === undefined) return html`${say.subject.ledger}`;
  const name = programmeName?.[visit.language] ?? visit.words.noData;
  return period === undefined
    ? html`<a href="${localPath(visit, programmePath(programme))}">${name}</a>`
    : html`<a href="${localPath(visit, periodPath(programme, period))}">${say.ofPeriod(name, period)}</a>`;
};

export const attestationList = (attestations: readonly AttestationView[], visit: Visit): Html =>
  html`<ul class="statements">
    ${attestations.map(
      ({ subject, published, notedHead }) =>
        html`<li>
          <h3>${subjectName(subject, visit)}</h3>
          ${publishedStatement(visit.words.audit.attestation, published, visit)}
          ${
            notedHead !== undefined &&
            html`<p class="quiet">
              ${visit.words.audit.notedThen(grouped(notedHead.number), digest(notedHead.hash))}
            </p>`
          }
        </li>`,
    )}
  </ul>`;

const findingItem = (finding: FindingView, visit: Visit): Html => {
  const { audit: say } = visit.words;
  const { state, opened, answered, closed } = finding;
  return html`<li>
    <h3>
      ${say.finding(finding.finding)} <span class="tag finding-${state}">${say.findingStates[state]}</span>
      ${subjectName(finding.subject, visit)}
    </h3>
    ${publishedStatement(say.opened, opened, visit)}
    ${answered !== undefined && publishedStatement(say.answered, answered, visit)}
    ${state === "open" && html`<p class="quiet">${say.noAnswer}</p>`}
    ${closed !== undefined && publishedStatement(say.closed, closed, visit)}
  </li>`;
};

export const findingList = (findings: readonly FindingView[], visit: Visit): Html =>
  html`<ul class="statements">
    ${findings.map((finding) => findingItem(finding, visit))}
  </ul>`;

/** What was said of one programme or period; nothing where nothing was. */
export const auditSection = (
  attestations: readonly AttestationView[],
  findings: readonly FindingView[],
  visit: Visit,
): Html => {
  if (attestations.length === 0 && findings.length === 0) return html``;
  const { audit: say } = visit.words;
  return html`<section id="audit">
    <h2>${say.link}</h2>
    ${findings.length > 0 && findingList(findings, visit)}
    ${attestations.length > 0 && attestationList(attestations, visit)}
  </section>`;
};
