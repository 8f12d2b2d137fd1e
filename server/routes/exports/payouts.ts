import { payoutsTable } from "../../exports/payouts-table.ts";
import { tableExport } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { exportedProgramme, rangeOf, sendExport, TableQuery, tableResponses } from "./answer.ts";

export const exportPayouts: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/exports/programmes/:code/payouts",
    {
      schema: {
        tags: ["exports"],
        summary: "What a programme paid and what came back, as a file",
        params: CodeParams,
        querystring: TableQuery,
        response: tableResponses,
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const programme = await exportedProgramme(read, params.code);
      const range = await exports.range(...rangeOf(query));
      const opened = await exports.open(range, async () =>
        tableExport(await payoutsTable(exports.readAt(range), range, programme), query.format ?? "csv"),
      );
      return sendExport(reply, `payouts-${programme.code}`, opened);
    },
  );
