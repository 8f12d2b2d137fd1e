/** Who made the operator's chain again: one sentence for every page that wants it, and the list with how to run one. */
import type { ReplicaView, ReplicasView } from "../../protocol/ports/replica-views.ts";
import { api } from "../api.ts";
import { momentText } from "../format/moments.ts";
import { grouped } from "../format/money.ts";
import { html, type Html } from "../html.ts";
import { auditPath } from "../paths.ts";
import { localPath, type Visit } from "../visit.ts";
import { cardTable } from "./card-table.ts";
import { digest } from "./facts.ts";

/** One operator, and how many agree. */
const replicasSentence = ({ agreeing, block }: ReplicasView, visit: Visit): Html => {
  const { replicas: say } = visit.words;
  return block === undefined ? html`${say.none}` : say.agree(grouped(agreeing), grouped(block));
};

/** The sentence, with the way to the list; nothing where others make the chain. */
export const replicasNote = (view: ReplicasView | undefined, visit: Visit): Html =>
  view === undefined
    ? html``
    : html`<p class="quiet">
        ${replicasSentence(view, visit)}
        <a href="${localPath(visit, auditPath)}#replicas">${visit.words.replicas.more}</a>
      </p>`;

const stateOf = ({ newest, endedAt }: ReplicaView, visit: Visit): string => {
  const { states } = visit.words.replicas;
  if (endedAt !== undefined) return states.ended;
  if (newest === undefined) return states.nothing;
  if (!newest.agrees) return states.disagrees;
  return newest.isSilent ? states.silent : states.agrees;
};

const table = (replicas: readonly ReplicaView[], visit: Visit): Html => {
  const { replicas: say } = visit.words;
  return cardTable(
    [{ name: say.replica }, { name: say.state }, { name: say.block }, { name: say.stated }],
    replicas.map((replica) => [
      digest(replica.replica),
      stateOf(replica, visit),
      replica.newest === undefined ? "" : grouped(replica.newest.block),
      replica.newest === undefined ? "" : momentText(replica.newest.statedAt, visit.language),
    ]),
  );
};

const disagreements = (replicas: readonly ReplicaView[], visit: Visit): Html => {
  const { replicas: say } = visit.words;
  const all = replicas.flatMap(({ replica, disagreements: own }) =>
    own.map((each) => ({ replica, ...each })),
  );
  return html`<p><b>${say.disagreements}</b></p>
    <ul>
      ${all.map(
        ({ replica, block, hash, own }) =>
          html`<li>${say.disagreed(digest(replica), grouped(block), digest(hash), digest(own))}</li>`,
      )}
    </ul>`;
};

export const replicasSection = (view: ReplicasView | undefined, visit: Visit): Html => {
  if (view === undefined) return html``;
  const { replicas: say } = visit.words;
  const { replicas } = view;
  return html`<section id="replicas">
    <h2>${say.title}</h2>
    <p>${replicasSentence(view, visit)}</p>
    <p>${say.lead}</p>
    ${replicas.length > 0 && table(replicas, visit)}
    ${replicas.some(({ disagreements: own }) => own.length > 0) && disagreements(replicas, visit)}
    <p>${say.run}</p>
    <p><code>npm run replica -- --from ${visit.origin}</code></p>
    <p class="links"><a href="${api.replicas}">${visit.words.footer.rawJson}</a></p>
  </section>`;
};
