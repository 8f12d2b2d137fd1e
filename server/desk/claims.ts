/** Filing, approving and paying claims, up to 50 in one transaction; each part by its own actor. */
import type { Verb } from "../../chain/verbs.ts";
import type { Json } from "../../protocol/json.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import {
  DeskRefusal,
  type ApproveClaimRequest,
  type Asking,
  type FileClaimRequest,
  type PayClaimRequest,
} from "../../protocol/ports/desk.ts";
import type { Evidence } from "../../protocol/evidence.ts";
import type { Actor } from "./actors.ts";
import type { Counter } from "./counter.ts";
import { knownProgramme } from "./money.ts";

export const maxClaimsPerRequest = 50;

const requireCount = (requests: readonly unknown[]): void => {
  if (requests.length === 0 || requests.length > maxClaimsPerRequest) {
    throw new DeskRefusal("claims", `expected 1 to ${maxClaimsPerRequest}, got ${requests.length}`);
  }
};

const together = (verbs: readonly Verb[]): Verb => {
  const [only, ...others] = verbs;
  return only !== undefined && others.length === 0 ? only : { verb: "multicall", calls: verbs };
};

/** Commitments first (vault), then the one operation that carries all the verbs. */
const submit = async (
  counter: Counter,
  kind: string,
  actor: Actor,
  content: Json,
  papers: readonly Evidence[],
  asking: Asking,
  verbs: (operation: Bytes32, commitments: readonly Bytes32[]) => readonly Verb[],
): Promise<string> => {
  const known = await counter.knownOperation(content, asking);
  if (known !== undefined) return known;
  const operation = counter.operationId(kind, asking);
  const commitments = papers.length === 0 ? [] : counter.commit(operation, papers);
  return counter.accept(kind, actor, operation, together(verbs(operation, commitments)), content, asking);
};

const commitmentAt = (commitments: readonly Bytes32[], index: number): Bytes32 => {
  const commitment = commitments[index];
  if (commitment === undefined) throw new DeskRefusal(`claims[${index}]`, "has no commitment");
  return commitment;
};

export const fileClaims = (
  counter: Counter,
  requests: readonly FileClaimRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    for (const programme of new Set(requests.map((request) => request.programme))) {
      await knownProgramme(counter, programme);
    }
    requests.forEach(({ requested }, index) => {
      if (requested === 0n) {
        throw new DeskRefusal(`claims[${index}].requested`, "expected at least one minor unit");
      }
    });
    const content = {
      kind: "fileClaims",
      claims: requests.map((request) => ({ ...request, requested: request.requested.toString() })),
    };
    const papers = requests.map(({ slip }): Evidence => ({ kind: "settlementSlip", number: slip }));
    return submit(counter, "fileClaims", "coordinator", content, papers, asking, (operation, commitments) =>
      requests.map(({ slip: _slip, ...request }, index): Verb => ({
        verb: "fileClaim",
        ...request,
        operation: counter.partId(operation, index),
        evidence: commitmentAt(commitments, index),
      })),
    );
  });

export const approveClaims = (
  counter: Counter,
  requests: readonly ApproveClaimRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    for (const [index, { claim, amount }] of requests.entries()) {
      const view = await counter.parts.read.claim(claim);
      if (view === undefined) throw new DeskRefusal(`claims[${index}].claim`, `no claim ${claim}`);
      if (amount === 0n || amount > view.requested) {
        throw new DeskRefusal(
          `claims[${index}].amount`,
          `expected 1 to ${view.requested} fen (the amount requested), got ${amount}`,
        );
      }
    }
    const content = {
      kind: "approveClaims",
      claims: requests.map(({ claim, amount, remaining }) => ({
        claim,
        amount: amount.toString(),
        remaining: remaining.toString(),
      })),
    };
    return submit(counter, "approveClaims", "adjudicator", content, [], asking, () =>
      requests.map((request): Verb => ({ verb: "approveClaim", ...request })),
    );
  });

export const payClaims = (
  counter: Counter,
  requests: readonly PayClaimRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    for (const [index, { claim }] of requests.entries()) {
      if ((await counter.parts.read.claim(claim)) === undefined) {
        throw new DeskRefusal(`claims[${index}].claim`, `no claim ${claim}`);
      }
    }
    const content = { kind: "payClaims", claims: requests.map((request) => ({ ...request })) };
    const papers = requests.map(({ paymentNumber }): Evidence => ({
      kind: "payment",
      number: paymentNumber,
    }));
    return submit(counter, "payClaims", "payer", content, papers, asking, (_operation, commitments) =>
      requests.map(({ claim }, index): Verb => ({
        verb: "payClaim",
        claim,
        paymentReference: commitmentAt(commitments, index),
      })),
    );
  });
