import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { settlement, SettlementWire } from "../../schemas/settlement.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const getProgrammeSettlement: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code/settlement",
    {
      schema: {
        tags: ["programmes"],
        summary: "How long a programme's claims took and how many were rejected, in groups of at least 11",
        params: CodeParams,
        response: { 200: answer(SettlementWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = codeOf("programme", request.params.code);
      return found(read, `no programme ${request.params.code}`, () => read.settlement(programme), settlement);
    },
  );
