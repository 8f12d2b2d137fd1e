import { asOf, CodeParams, pageOf, PageQuery } from "../../schemas/common.ts";
import { batch, BatchWire } from "../../schemas/donations.ts";
import { atOneBlock, codeOf, pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const listBatches: Endpoint = (app, { read }) =>
  app.get(
    "/v1/funds/:code/batches",
    {
      schema: {
        tags: ["funds"],
        summary: "A fund's donation batches in the order they were recorded",
        params: CodeParams,
        querystring: PageQuery,
        response: { 200: pageOf(BatchWire), ...problems },
      },
    },
    async (request) => {
      const { fund } = codeOf("fund", request.params.code);
      const { head, result } = await atOneBlock(read, () => read.batches(fund, pageRequest(request.query)));
      const next = result.next === undefined ? {} : { next: result.next };
      return { asOf: asOf(head), data: result.items.map(batch), ...next };
    },
  );
