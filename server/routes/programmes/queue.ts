import { codeOf } from "../../codes.ts";
import { CodeParams, pageOf, PageQuery } from "../../schemas/common.ts";
import { claim, ClaimWire } from "../../schemas/claims.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const getQueue: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code/queue",
    {
      schema: {
        tags: ["programmes"],
        summary: "Approved and unpaid claims in the order they will be paid",
        params: CodeParams,
        querystring: PageQuery,
        response: { 200: pageOf(ClaimWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = codeOf("programme", request.params.code);
      return listPage(read, () => read.queue(programme, pageRequest(request.query)), claim);
    },
  );
