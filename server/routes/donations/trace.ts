import { codeOf } from "../../codes.ts";
import { answer, CodeParams, PageQuery } from "../../schemas/common.ts";
import { trace, TraceWire } from "../../schemas/donations.ts";
import { found, pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const traceDonation: Endpoint = (app, { read }) =>
  app.get(
    "/v1/donations/:code/trace",
    {
      schema: {
        tags: ["donations"],
        summary: "Where each fen of a donation is now: totals, and at most 50 slices a page",
        params: CodeParams,
        querystring: PageQuery,
        response: { 200: answer(TraceWire), ...problems },
      },
    },
    async (request, reply) => {
      reply.header("access-control-allow-origin", "*");
      const { batch, index } = codeOf("donation", request.params.code);
      const { limit, ...rest } = pageRequest(request.query);
      const page = { ...rest, limit: Math.min(limit, 50) };
      return found(
        read,
        `no donation ${request.params.code}`,
        async () => {
          const [view, traced] = await Promise.all([
            read.donation(batch, index),
            read.donationTrace(batch, index, page),
          ]);
          return view === undefined || traced === undefined ? undefined : { view, traced };
        },
        ({ view, traced }) => trace(traced, view.currency),
      );
    },
  );
