import { allocationsTable } from "../../exports/fund-tables.ts";
import { tableExport } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { exportedFund, rangeOf, sendExport, TableQuery, tableResponses } from "./answer.ts";

export const exportAllocations: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/exports/funds/:code/allocations",
    {
      schema: {
        tags: ["exports"],
        summary: "What was allocated of a fund, as a file",
        params: CodeParams,
        querystring: TableQuery,
        response: tableResponses,
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const fund = await exportedFund(read, params.code);
      const range = await exports.range(...rangeOf(query));
      const opened = await exports.open(range, async () =>
        tableExport(await allocationsTable(exports.readAt(range), range, fund), query.format ?? "csv"),
      );
      return sendExport(reply, `allocations-${fund.code}`, opened);
    },
  );
