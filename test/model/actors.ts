/** The ids of the actors of a history. */
import { actorId } from "../../protocol/ids.ts";
import { historyActors } from "./verbs.ts";

const idOf = (name: (typeof historyActors)[number]) => actorId(historyActors.indexOf(name) + 1);

export const actors = {
  recorder: idOf("recorder"),
  treasurer: idOf("treasurer"),
  coordinator: idOf("coordinator"),
  adjudicator: idOf("adjudicator"),
  payer: idOf("payer"),
  auditor: idOf("auditor"),
  provider: idOf("provider"),
} as const;
