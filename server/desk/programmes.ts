/** Opening programmes, with the roles of their actors. */
import { programmeRole } from "../../chain/roles.ts";
import type { Verb } from "../../chain/verbs.ts";
import { position } from "../../protocol/amounts.ts";
import { canonicalJson } from "../../protocol/json.ts";
import { programmeId, type ProgrammeId } from "../../protocol/ids.ts";
import type { Asking, OpenProgrammeRequest } from "../../protocol/ports/desk.ts";
import { keyOf } from "../outbox/answered-requests.ts";
import type { NewOperation } from "../outbox/store.ts";
import { programmeActors } from "./actors.ts";
import type { Counter } from "./counter.ts";

/**
 * Opens a programme and grants its roles to the actors of this gateway, in one acceptance. The roles name the id that
 * the ledger will give; were the opening refused, they would wait for the next programme with that id, whose actors
 * are the same.
 */
export const openProgramme = (
  counter: Counter,
  request: OpenProgrammeRequest,
  asking: Asking,
): Promise<string> =>
  counter.serve(async () => {
    const { kind, currency, region } = request;
    const content = { name: { ...request.name }, currency, region, programmeKind: kind };
    const known = await counter.knownOperation(content, asking);
    if (known !== undefined) return known;
    const operation = counter.operationId("openProgramme", asking);
    const document = await counter.publish({ kind: "programme", ...content });
    const opened = await counter.positions.end("programmes", async () =>
      position((await counter.parts.read.programmes()).length),
    );
    const roles = await grantedRoles(counter, programmeId(opened + 1n));
    await counter.acceptAll([
      {
        id: operation,
        kind: "openProgramme",
        actor: "treasurer",
        call: counter.call({ verb: "openProgramme", operation, kind, currency, region, document }),
        request: canonicalJson(content),
        idempotencyKey: keyOf(asking),
      },
      ...roles,
    ]);
    counter.positions.advance(
      "programmes",
      { start: opened, end: position(opened + 1n) },
      counter.settled(operation),
    );
    return operation;
  });

const grantedRoles = async (counter: Counter, programme: ProgrammeId): Promise<readonly NewOperation[]> => {
  const id = `roles:${programme}`;
  if ((await counter.parts.outbox.operation(id)) !== undefined) return [];
  const calls = programmeActors.map((role): Verb => ({
    verb: "grantRole",
    role: programmeRole(role, programme),
    account: counter.parts.account(role),
  }));
  return [
    { id, kind: "grantRoles", actor: "admin", call: counter.call({ verb: "multicall", calls }), request: id },
  ];
};
