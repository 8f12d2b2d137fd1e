import { codeOf } from "../../codes.ts";
import { CodeParams, pageOf, PageQuery } from "../../schemas/common.ts";
import { batch, BatchWire } from "../../schemas/donations.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

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
      return listPage(read, () => read.batches(fund, pageRequest(request.query)), batch);
    },
  );
