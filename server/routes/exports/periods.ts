import { periodsTable } from "../../exports/periods-table.ts";
import { tableExport } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { exportedProgramme, NewestTableQuery, sendExport, tableResponses } from "./answer.ts";

export const exportPeriods: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/exports/programmes/:code/periods",
    {
      schema: {
        tags: ["exports"],
        summary: "The policy periods of a programme as of the newest block, as a file",
        params: CodeParams,
        querystring: NewestTableQuery,
        response: tableResponses,
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const programme = await exportedProgramme(read, params.code);
      const { range, result } = await exports.atHead((database, head) =>
        periodsTable(database, head.time, programme),
      );
      const opened = await exports.open(range, request.ip, () => tableExport(result, query.format ?? "csv"));
      return sendExport(reply, `periods-${programme.code}`, opened);
    },
  );
