import type { Static } from "typebox";
import { address } from "../../../protocol/ids.ts";
import { DeskRefusal, type GrantedRole } from "../../../protocol/ports/desk.ts";
import { codeIn } from "../../codes.ts";
import { RegisterActorBody } from "../../schemas/requests/actors.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const registerActor: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/actors",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["actors"],
        summary: "Register somebody who signs with a key of their own, and grant roles on the ledger",
        body: RegisterActorBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const roles = request.body.roles.map((role, index) => grantedRole(role, `roles[${index}]`));
      const account = address(request.body.account);
      return answerWrite(request, reply, desk, [
        await desk.registerActor({ account, roles }, askingOf(request)),
      ]);
    },
  );

type RoleBody = Static<typeof RegisterActorBody>["roles"][number];

const grantedRole = ({ role, programme, channel }: RoleBody, field: string): GrantedRole => {
  const refuseOthers = (...names: readonly ("programme" | "channel")[]): void => {
    for (const name of names) {
      if ({ programme, channel }[name] !== undefined) {
        throw new DeskRefusal(`${field}.${name}`, `expected none for the role ${role}`);
      }
    }
  };
  switch (role) {
    case "coordinator":
    case "adjudicator":
    case "payer":
      refuseOthers("channel");
      if (programme === undefined) throw new DeskRefusal(`${field}.programme`, "is missing");
      return { role, programme: codeIn("programme", `${field}.programme`, programme).programme };
    case "provider":
      refuseOthers("programme");
      if (channel === undefined) throw new DeskRefusal(`${field}.channel`, "is missing");
      return { role, channel };
    case "recorder":
    case "treasurer":
    case "auditor":
    case "guardian":
      refuseOthers("programme", "channel");
      return { role };
  }
};
