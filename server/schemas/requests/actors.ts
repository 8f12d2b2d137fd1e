/** What is asked of the desk about those who sign with keys of their own. */
import { Type } from "typebox";
import { channelRoles, ledgerRoles, programmeRoles } from "../../../chain/roles.ts";
import { closed, CodeText } from "../common.ts";

export const RegisterActorBody = Type.Object(
  {
    account: Type.String({
      pattern: "^0x[0-9a-fA-F]{40}$",
      description: "The account of the actor's own key.",
    }),
    roles: Type.Array(
      Type.Object(
        {
          role: Type.Enum([...ledgerRoles, ...programmeRoles, ...channelRoles]),
          programme: Type.Optional(CodeText),
          channel: Type.Optional(Type.String({ pattern: "^[a-z0-9-]{1,31}$" })),
        },
        closed,
      ),
      {
        minItems: 1,
        maxItems: 50,
        description: `With programme: ${programmeRoles.join(", ")}. With channel: ${channelRoles.join(", ")}.`,
      },
    ),
  },
  closed,
);
