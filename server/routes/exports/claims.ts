import { claimsTable } from "../../exports/claim-tables.ts";
import { tableExport } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { exportedProgramme, rangeOf, sendExport, TableQuery, tableResponses } from "./answer.ts";

export const exportClaims: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/exports/programmes/:code/claims",
    {
      schema: {
        tags: ["exports"],
        summary: "Open and paid claims of a programme as they stood at a block, as a file",
        params: CodeParams,
        querystring: TableQuery,
        response: tableResponses,
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const programme = await exportedProgramme(read, params.code);
      const range = await exports.range(...rangeOf(query));
      const opened = await exports.open(range, () =>
        tableExport(claimsTable(exports.readAt(range), range, programme), query.format ?? "csv"),
      );
      return sendExport(reply, `claims-${programme.code}`, opened);
    },
  );
