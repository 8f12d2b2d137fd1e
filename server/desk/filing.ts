/** Filing claims and grants, checked before they are accepted: a refusal of the ledger would only come later. */
import type { Verb } from "../../chain/verbs.ts";
import { formatInstant } from "../../protocol/calendar.ts";
import type { Evidence } from "../../protocol/evidence.ts";
import {
  DeskRefusal,
  type Asking,
  type FileClaimRequest,
  type FileGrantRequest,
} from "../../protocol/ports/desk.ts";
import { requireCount, takeClaims } from "./claims.ts";
import type { Counter } from "./counter.ts";
import { knownClaim, knownPeriod, programmeOfKind, requireAmount, requireFilable } from "./known.ts";
import { isWhole, type Incident, type Memberships, type ProvenLine } from "./membership.ts";

const slipOf = ({ slip }: { readonly slip: string }): Evidence => ({ kind: "settlementSlip", number: slip });

export const fileClaims = (
  counter: Counter,
  memberships: Memberships,
  requests: readonly FileClaimRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests);
    return takeClaims(
      counter,
      {
        kind: "fileClaims",
        actor: "coordinator",
        asked: requests.map(({ requested, member, ...request }) => ({
          ...request,
          member: { ...member },
          requested: requested.toString(),
        })),
        papers: requests.map(slipOf),
        verbs: async (part) => {
          const checked: (readonly [FileClaimRequest, ProvenLine])[] = [];
          for (const [index, request] of requests.entries()) {
            checked.push([request, await checkClaim(counter, memberships, request, `claims[${index}]`)]);
          }
          return Promise.all(
            checked.map(async ([{ incidentFrom, requested, benefit }, line], index): Promise<Verb> => {
              const { id: operation, evidence } = await part(index);
              return { verb: "fileClaim", operation, ...line, incidentFrom, requested, benefit, evidence };
            }),
          );
        },
      },
      asking,
    );
  });

const checkClaim = async (
  counter: Counter,
  memberships: Memberships,
  request: FileClaimRequest,
  field: string,
): Promise<ProvenLine> => {
  const { programme, policyPeriod, incidentFrom, requested } = request;
  await programmeOfKind(counter, programme, "insurance", `${field}.programme`);
  const period = await knownPeriod(counter, programme, policyPeriod, `${field}.policyPeriod`);
  requireAmount(`${field}.requested`, requested);
  requireFilable(counter, period, `${field}.policyPeriod`);
  const incident: Incident = { from: incidentFrom, toTheMinute: period.toTheMinute };
  if (!isWhole(incident)) {
    const whole = incident.toTheMinute ? "a whole minute" : "a day, from its first second in Asia/Shanghai";
    throw new DeskRefusal(
      `${field}.incident`,
      `expected ${whole}; that is how this policy period records it`,
    );
  }
  const now = counter.parts.now();
  if (incidentFrom > now) {
    throw new DeskRefusal(`${field}.incident`, `lies in the future; it is ${formatInstant(now)}`);
  }
  return memberships.prove(request, incident, field);
};

export const fileGrants = (
  counter: Counter,
  requests: readonly FileGrantRequest[],
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    requireCount(requests, "grants");
    return takeClaims(
      counter,
      {
        kind: "fileGrants",
        actor: "coordinator",
        asked: requests.map(({ requested, ...request }) => ({ ...request, requested: requested.toString() })),
        papers: requests.map(slipOf),
        verbs: async (part) => {
          for (const [index, request] of requests.entries()) {
            await checkGrant(counter, request, `grants[${index}]`);
          }
          return Promise.all(
            requests.map(async ({ slip: _slip, ...request }, index): Promise<Verb> => {
              const { id: operation, evidence } = await part(index);
              return { verb: "fileGrant", operation, ...request, evidence };
            }),
          );
        },
      },
      asking,
    );
  });

const checkGrant = async (counter: Counter, request: FileGrantRequest, field: string): Promise<void> => {
  const { programme, policyPeriod, aidOf, requested } = request;
  const { currency } = await programmeOfKind(counter, programme, "aid", `${field}.programme`);
  const period = await knownPeriod(counter, programme, policyPeriod, `${field}.policyPeriod`);
  requireAmount(`${field}.requested`, requested);
  requireFilable(counter, period, `${field}.policyPeriod`);
  if (counter.parts.now() < period.start) {
    throw new DeskRefusal(`${field}.policyPeriod`, `begins at ${formatInstant(period.start)}`);
  }
  const aided = await knownClaim(counter, aidOf, `${field}.aidOf`);
  if (aided.aidOf !== undefined) {
    throw new DeskRefusal(
      `${field}.aidOf`,
      "expected a claim of an insurance programme, it is a grant itself",
    );
  }
  if (aided.currency !== currency) {
    throw new DeskRefusal(`${field}.aidOf`, `expected a claim in ${currency}, it is in ${aided.currency}`);
  }
  if (aided.state !== "paid") {
    throw new DeskRefusal(`${field}.aidOf`, `expected a paid claim, it is ${aided.state}`);
  }
};
