import { queueTable } from "../../exports/claim-tables.ts";
import { tableExport } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { exportedProgramme, rangeOf, sendExport, TableQuery, tableResponses } from "./answer.ts";

export const exportQueue: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/exports/programmes/:code/queue",
    {
      schema: {
        tags: ["exports"],
        summary: "The queue of a programme as it stood at a block, as a file",
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
        tableExport(await queueTable(exports.readAt(range), range, programme), query.format ?? "csv"),
      );
      return sendExport(reply, `queue-${programme.code}`, opened);
    },
  );
