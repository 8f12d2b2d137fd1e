import { donationsTable } from "../../exports/fund-tables.ts";
import { tableExport } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { exportedFund, rangeOf, sendExport, TableQuery, tableResponses } from "./answer.ts";

export const exportDonations: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/exports/funds/:code/donations",
    {
      schema: {
        tags: ["exports"],
        summary: "Every gift of a fund in the order of its line, as a file",
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
        tableExport(await donationsTable(exports.readAt(range), range, fund), query.format ?? "csv"),
      );
      return sendExport(reply, `donations-${fund.code}`, opened);
    },
  );
