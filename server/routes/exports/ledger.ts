import { Type } from "typebox";
import { ledgerExport } from "../../exports/ledger.ts";
import { problems, type Endpoint } from "../endpoint.ts";
import { RangeQuery, rangeOf, sendExport } from "./answer.ts";

export const exportLedger: Endpoint = (app, { exports }) =>
  app.get(
    "/v1/exports/ledger",
    {
      schema: {
        tags: ["exports"],
        summary:
          "Every raw log of the ledger, one JSON line each behind a line that says what the file holds",
        querystring: RangeQuery,
        response: {
          200: { content: { "application/x-ndjson": { schema: Type.String() } } },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const range = await exports.range(...rangeOf(request.query));
      const opened = await exports.open(range, request.ip, () => ledgerExport(exports.readAt(range), range));
      return sendExport(reply, "ledger", opened);
    },
  );
