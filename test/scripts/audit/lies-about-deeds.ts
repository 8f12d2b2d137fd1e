/** What a node can say of who did something: deeds of others than those who had the right to them, and rights that nobody gave. */
import { ledgerRole } from "../../../chain/roles.ts";
import { actorId } from "../../../protocol/ids.ts";
import type { RecordedEvent, RoleGranted } from "../../../protocol/ledger/events.ts";
import { lieAbout, type RpcLie } from "./liar.ts";

export interface Lie {
  readonly name: string;
  readonly lie: RpcLie;
  /** How the findings begin, besides that the receipts do not give the root of their block. */
  readonly named: readonly string[];
}

/** The numbers that the gateway's own actors are registered by. */
const coordinator = actorId(4);
const adjudicator = actorId(5);
const auditor = actorId(7);
const nobody = actorId(99);

const deniedByFilter = (block: number, log: number): string =>
  `chain.logs: block ${block}, log ${log}: the block's own filter of logs denies that it is there`;

/** Where the guardian is given its role, the auditor's is taken back. */
const revokedAtOnce = (): RpcLie => {
  let auditors: RoleGranted | undefined;
  return lieAbout("RoleGranted", (event) => {
    if (event.role === ledgerRole("auditor")) auditors = event;
    const isGuardians = event.role === ledgerRole("guardian");
    return isGuardians && auditors !== undefined ? { ...auditors, type: "RoleRevoked" } : event;
  });
};

/** Deeds of somebody else than of whom they are. */
export const liesAboutDeeds: readonly Lie[] = [
  {
    name: "an approval by whoever filed the claim",
    lie: lieAbout("ClaimApproved", (event) =>
      event.claim === 1 ? { ...event, adjudicator: coordinator } : event,
    ),
    named: [
      "roles.held: claim 1: actor 4 acted as adjudicator of programme 1, a role that it had never been given",
      "L6: claim 1: adjudicator: the log says 4, the law says not the filer",
    ],
  },
  {
    name: "a payment by whoever approved it",
    lie: lieAbout("ClaimPaid", (event) => (event.payout === 1 ? { ...event, payer: adjudicator } : event)),
    named: [
      "roles.held: payout 1: actor 5 acted as payer of programme 1, a role that it had never been given",
      "L6: payout 1: payer: the log says 5, the law says neither filer nor adjudicator",
    ],
  },
  {
    name: "a payment by an actor who is no payer",
    lie: lieAbout("ClaimPaid", (event) => (event.payout === 1 ? { ...event, payer: auditor } : event)),
    named: [
      "roles.held: payout 1: actor 7 acted as payer of programme 1, a role that it had never been given",
    ],
  },
  {
    name: "a noted head of an actor whom nobody registered",
    lie: lieAbout("HeadNoted", (event) => ({ ...event, actor: nobody })),
    named: [
      deniedByFilter(70, 0),
      deniedByFilter(71, 0),
      "roles.held: HeadNoted: actor 99 acted, whom nobody had registered",
      "replay: HeadNoted: actor: the log says 99, the rules say one of 1 to 9",
    ],
  },
  {
    name: "a grant that is left out",
    lie: lieAbout("RoleGranted", (event) => (event.role === ledgerRole("recorder") ? [] : event)),
    named: [1, 2, 3, 4].map(
      (batch) => `roles.held: batch ${batch}: actor 2 acted as recorder, a role that it had never been given`,
    ),
  },
  {
    name: "a right that had been taken away before the deed",
    lie: revokedAtOnce(),
    named: [
      deniedByFilter(3, 12),
      ...["attestation 1", "attestation 2", "finding 1", "finding 2", "finding 3", "FindingClosed"].map(
        (deed) => `roles.held: ${deed}: actor 7 acted as auditor, a role that was taken from it in block 3`,
      ),
    ],
  },
];

const actorNames = [
  "recorder",
  "treasurer",
  "coordinator",
  "filer",
  "adjudicator",
  "payer",
  "auditor",
  "provider",
  "actor",
] as const;

/** The same by an actor whom nobody registered; as it is where the event names no actor, or makes one. */
export const byStranger = (recorded: RecordedEvent): RecordedEvent => {
  const { event } = recorded;
  const name = actorNames.find((one) => one in event);
  if (name === undefined || event.type === "ActorRegistered") return recorded;
  return { ...recorded, event: { ...event, [name]: nobody } };
};
