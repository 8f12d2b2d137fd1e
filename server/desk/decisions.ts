/** What coordinators take back and adjudicators decide, 1 to 50 claims at a time, all or none. */
import type { Verb } from "../../chain/verbs.ts";
import type { ClaimId } from "../../protocol/ids.ts";
import type { Reason } from "../../protocol/ledger/events.ts";
import {
  DeskRefusal,
  type ApproveClaimRequest,
  type Asking,
  type ReasonedRequest,
} from "../../protocol/ports/desk.ts";
import type { Actor } from "./actors.ts";
import { requireCount, takeClaims } from "./claims.ts";
import type { Counter } from "./counter.ts";
import { knownClaim } from "./known.ts";
import { noClaim, placesOf } from "./queue.ts";

export const approveClaims = (
  counter: Counter,
  requests: readonly ApproveClaimRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    for (const [index, { claim, amount }] of requests.entries()) {
      const { requested } = await knownClaim(counter, claim, `claims[${index}].claim`);
      if (amount > 0n && amount <= requested) continue;
      throw new DeskRefusal(
        `claims[${index}].amount`,
        `expected 1 to ${requested} fen (the amount requested), got ${amount}`,
      );
    }
    return takeClaims(
      counter,
      {
        kind: "approveClaims",
        actor: "adjudicator",
        asked: requests.map(({ claim, amount, remaining }) => ({
          claim,
          amount: amount.toString(),
          remaining: remaining.toString(),
        })),
        papers: [],
        verbs: async () => requests.map((request): Verb => ({ verb: "approveClaim", ...request })),
      },
      asking,
    );
  });

interface Decided {
  readonly claim: ClaimId;
  readonly reason?: Reason;
}

/** Verbs that name a claim and at most a reason; what state the claim is in, the ledger knows best. */
const decide = <Request extends Decided>(
  counter: Counter,
  kind: string,
  actor: Actor,
  requests: readonly Request[],
  verb: (request: Request) => Verb,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    for (const [index, { claim }] of requests.entries()) {
      await knownClaim(counter, claim, `claims[${index}].claim`);
    }
    const asked = requests.map(({ claim, reason }) => (reason === undefined ? { claim } : { claim, reason }));
    return takeClaims(
      counter,
      { kind, actor, asked, papers: [], verbs: async () => requests.map(verb) },
      asking,
    );
  });

export const withdrawClaims = (
  counter: Counter,
  claims: readonly ClaimId[],
  asking: Asking,
): Promise<string> => {
  const requests = claims.map((claim) => ({ claim }));
  const verb = ({ claim }: Decided): Verb => ({ verb: "withdrawClaim", claim });
  return decide(counter, "withdrawClaims", "coordinator", requests, verb, asking);
};

export const rejectClaims = (
  counter: Counter,
  requests: readonly ReasonedRequest[],
  asking: Asking,
): Promise<string> => {
  const verb = (request: ReasonedRequest): Verb => ({ verb: "rejectClaim", ...request });
  return decide(counter, "rejectClaims", "adjudicator", requests, verb, asking);
};

export const holdClaims = (
  counter: Counter,
  requests: readonly ReasonedRequest[],
  asking: Asking,
): Promise<string> => {
  const verb = (request: ReasonedRequest): Verb => ({ verb: "holdClaim", ...request });
  return decide(counter, "holdClaims", "adjudicator", requests, verb, asking);
};

export const cancelClaims = (
  counter: Counter,
  requests: readonly ReasonedRequest[],
  asking: Asking,
): Promise<string> => {
  const verb = (request: ReasonedRequest): Verb => ({ verb: "cancelClaim", ...request });
  return decide(counter, "cancelClaims", "adjudicator", requests, verb, asking);
};

export const releaseClaims = (
  counter: Counter,
  claims: readonly ClaimId[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(claims);
    for (const [index, claim] of claims.entries()) {
      await knownClaim(counter, claim, `claims[${index}].claim`);
    }
    return takeClaims(
      counter,
      {
        kind: "releaseClaims",
        actor: "adjudicator",
        asked: claims.map((claim) => ({ claim })),
        papers: [],
        verbs: async () => {
          const places = await placesOf(counter.parts, claims);
          return claims.map((claim, index): Verb => ({
            verb: "releaseClaim",
            claim,
            after: places[index] ?? noClaim,
          }));
        },
      },
      asking,
    );
  });
