/** Actors that sign with keys of their own: registered on the ledger, with the roles that they need there. */
import { channelRole, ledgerRole, programmeRole } from "../../chain/roles.ts";
import type { Verb } from "../../chain/verbs.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import {
  DeskRefusal,
  type Asking,
  type GrantedRole,
  type RegisterActorRequest,
} from "../../protocol/ports/desk.ts";
import { actors } from "./actors.ts";
import type { Counter } from "./counter.ts";
import { knownProgramme, requireChannel } from "./known.ts";

export const mostRolesPerRequest = 50;

const roleOf = async (counter: Counter, granted: GrantedRole, field: string): Promise<Bytes32> => {
  switch (granted.role) {
    case "recorder":
    case "treasurer":
    case "auditor":
    case "guardian":
      return ledgerRole(granted.role);
    case "coordinator":
    case "adjudicator":
    case "payer":
      await knownProgramme(counter, granted.programme, `${field}.programme`);
      return programmeRole(granted.role, granted.programme);
    case "provider":
      await requireChannel(counter, granted.channel, `${field}.channel`);
      return channelRole(granted.role, granted.channel);
  }
};

export const registerActor = (
  counter: Counter,
  { account, roles: asked }: RegisterActorRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    if (asked.length === 0 || asked.length > mostRolesPerRequest) {
      throw new DeskRefusal("roles", `expected 1 to ${mostRolesPerRequest}, got ${asked.length}`);
    }
    if (actors.some((actor) => counter.parts.account(actor) === account)) {
      throw new DeskRefusal("account", "is a key of this gateway, whose actors each have one role");
    }
    const roles: Bytes32[] = [];
    for (const [index, granted] of asked.entries()) {
      roles.push(await roleOf(counter, granted, `roles[${index}]`));
    }
    return counter.take("registerActor", { account, roles }, asking, async () => {
      const isNew = !(await counter.parts.lookups.isActor(account));
      const calls: readonly Verb[] = [
        ...(isNew ? [{ verb: "registerActor", account } as const] : []),
        ...roles.map((role): Verb => ({ verb: "grantRole", role, account })),
      ];
      return { actor: "admin", verb: { verb: "multicall", calls } };
    });
  });
