/** Audit: the laws now, what auditors and providers say, what was corrected, and what the foundation owes. */
import type { PageRequest, Read } from "../../../protocol/ports/read.ts";
import type {
  FindingState,
  FindingView,
  HeadNoteView,
  Page,
  ProgrammeView,
} from "../../../protocol/ports/views.ts";
import { api } from "../../api.ts";
import { momentText } from "../../format/moments.ts";
import { grouped } from "../../format/money.ts";
import { html, joined, type Html } from "../../html.ts";
import { cardTable } from "../../parts/card-table.ts";
import { correctionList } from "../../parts/corrections.ts";
import { digest } from "../../parts/facts.ts";
import { attestationList, findingList } from "../../parts/findings.ts";
import { movesSection, refundsTable } from "../../parts/history.ts";
import { pageOf, paging } from "../../parts/paging.ts";
import { replicasSection } from "../../parts/replicas.ts";
import { settlementSection, type CellsName } from "../../parts/settlement.ts";
import { ledgerExports } from "../../parts/exports.ts";
import { localPath, type PageAnswer, type Visit } from "../../visit.ts";
import { askedState, daysSection } from "./days.ts";
import { lawsSection } from "./laws.ts";

const rowsPerList = 20;
const findingStates = ["open", "answered", "closed"] as const satisfies readonly FindingState[];

type Findings = Readonly<Record<FindingState, Page<FindingView>>>;

const readFindings = async (read: Pick<Read, "findings">, visit: Visit): Promise<Findings> => {
  const page = (state: FindingState): Promise<Page<FindingView>> =>
    read.findings({ state }, pageOf(visit, state, rowsPerList));
  const [open, answered, closed] = await Promise.all(findingStates.map(page));
  const empty: Page<FindingView> = { items: [] };
  return { open: open ?? empty, answered: answered ?? empty, closed: closed ?? empty };
};

const findingsSection = (findings: Findings, visit: Visit): Html => {
  const { audit: say } = visit.words;
  const shown = findingStates.filter((state) => findings[state].items.length > 0);
  const unsettled = findings.open.items.length + findings.answered.items.length;
  const isMore = findings.open.next !== undefined || findings.answered.next !== undefined;
  return html`<section id="findings">
    <h2>${say.findings}</h2>
    ${shown.length === 0 && html`<p>${say.findingsNone}</p>`}
    ${unsettled > 0 && !isMore && html`<p>${say.openFindings(html`<b>${grouped(unsettled)}</b>`)}</p>`}
    ${shown.map(
      (state) =>
        html`<div id="${state}">
          ${findingList(findings[state].items, visit)} ${paging(visit, state, findings[state].next)}
        </div>`,
    )}
    <p class="links">
      <a href="${localPath(visit, visit.path)}?state=unconfirmed#days">${say.unconfirmedDays}</a>
      <a href="${api.findings}">${visit.words.footer.rawJson}</a>
    </p>
  </section>`;
};

const headNotesSection = (notes: Page<HeadNoteView>, visit: Visit): Html => {
  const { audit: say, history } = visit.words;
  return html`<section id="heads">
    <h2>${say.headNotes}</h2>
    <p>${say.headNotesLead}</p>
    ${
      notes.items.length === 0
        ? html`<p>${say.headNotesNone}</p>`
        : cardTable(
            [{ name: say.block }, { name: say.notedOn }, { name: say.notedBy }, { name: say.hash }],
            notes.items.map((note) => [
              grouped(note.blockNumber),
              momentText(note.at.blockTime, visit.language),
              history.by(note.actor),
              digest(note.blockHash),
            ]),
          )
    }
    ${paging(visit, "heads", notes.next)}
  </section>`;
};

/** A list with its heading, or the sentence that it is empty. */
const listSection = (
  name: string,
  heading: string,
  list: { readonly lead?: string; readonly none: string; readonly page: Page<unknown>; readonly shown: Html },
  visit: Visit,
): Html =>
  html`<section id="${name}">
    <h2>${heading}</h2>
    ${
      list.page.items.length === 0
        ? html`<p>${list.none}</p>`
        : html`${list.lead !== undefined && html`<p>${list.lead}</p>`} ${list.shown}`
    }
    ${paging(visit, name, list.page.next)}
  </section>`;

const namedProgrammes =
  (programmes: readonly ProgrammeView[]): CellsName =>
  (cells, visit) => {
    const links = programmes
      .filter(({ programme }) => cells.includes(programme))
      .map(({ code, name }) => html`<a href="${localPath(visit, `/p/${code}`)}">${name[visit.language]}</a>`);
    return joined(links, visit.words.semicolon);
  };

const readLists = async (read: Read, visit: Visit) => {
  const page = (name: string): PageRequest => pageOf(visit, name, rowsPerList);
  const state = askedState(visit);
  const [laws, findings, attestations, days, corrections, owed, moves] = await Promise.all([
    read.laws(),
    readFindings(read, visit),
    read.attestations({}, page("attestations")),
    read.channelDays(state === undefined ? {} : { state }, page("days")),
    read.corrections({}, page("corrections")),
    read.refunds({ owed: true }, page("owed")),
    read.moves({}, page("moves")),
  ]);
  const [heads, replicas, settlement, programmes] = await Promise.all([
    read.headNotes(page("heads")),
    read.replicas(),
    read.settlement(),
    read.programmes(),
  ]);
  return {
    laws,
    findings,
    attestations,
    days,
    corrections,
    owed,
    moves,
    heads,
    replicas,
    settlement,
    programmes,
  };
};

export const auditPage = async (read: Read, visit: Visit): Promise<PageAnswer> => {
  const lists = await readLists(read, visit);
  const { attestations, corrections, owed, settlement } = lists;
  const { audit: say, history } = visit.words;
  return {
    title: say.title,
    status: 200,
    rawJson: api.audit,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${lawsSection(lists.laws, visit)} ${findingsSection(lists.findings, visit)}
      ${listSection(
        "attestations",
        say.attestations,
        {
          none: say.attestationsNone,
          page: attestations,
          shown: attestationList(attestations.items, visit),
        },
        visit,
      )}
      ${daysSection(lists.days, visit)}
      ${listSection(
        "owed",
        say.owedRefunds,
        {
          lead: say.owedRefundsLead,
          none: say.owedRefundsNone,
          page: owed,
          shown: refundsTable(owed.items, visit),
        },
        visit,
      )}
      ${listSection(
        "corrections",
        history.corrections,
        {
          lead: history.correctionsLead,
          none: history.correctionsNone,
          page: corrections,
          shown: correctionList(corrections.items, visit),
        },
        visit,
      )}
      ${movesSection(lists.moves, visit)}
      ${
        settlement !== undefined &&
        settlement.groups.length > 0 &&
        settlementSection(settlement, say.settlement, namedProgrammes(lists.programmes), visit)
      }
      ${headNotesSection(lists.heads, visit)} ${replicasSection(lists.replicas, visit)}
      ${ledgerExports(visit)}`,
  };
};
