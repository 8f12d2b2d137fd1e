import { answer } from "../../schemas/common.ts";
import { settlement, SettlementWire } from "../../schemas/settlement.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const getSettlement: Endpoint = (app, { read }) =>
  app.get(
    "/v1/settlement",
    {
      schema: {
        tags: ["overview"],
        summary: "How long claims took and how many were rejected, by programme, in groups of at least 11",
        response: { 200: answer(SettlementWire), ...problems },
      },
    },
    async () => found(read, "no settlement", () => read.settlement(), settlement),
  );
