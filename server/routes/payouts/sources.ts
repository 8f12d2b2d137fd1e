import { Type } from "typebox";
import { payoutId } from "../../../protocol/ids.ts";
import { answer, closed, PageQuery } from "../../schemas/common.ts";
import { sources, SourcesWire } from "../../schemas/sources.ts";
import { found, pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const payoutSources: Endpoint = (app, { read }) =>
  app.get(
    "/v1/payouts/:payout/sources",
    {
      schema: {
        tags: ["claims"],
        summary: "Which donations one payment took, whatever came back since, at most 50 a page",
        params: Type.Object({ payout: Type.String({ pattern: "^[1-9][0-9]{0,8}$" }) }, closed),
        querystring: PageQuery,
        response: { 200: answer(SourcesWire), ...problems },
      },
    },
    async (request) => {
      const payout = payoutId(Number(request.params.payout));
      const { limit, ...rest } = pageRequest(request.query);
      const page = { ...rest, limit: Math.min(limit, 50) };
      return found(read, `no payout ${payout}`, () => read.payoutSources(payout, page), sources);
    },
  );
