import { decodeCursor, encodeCursor } from "../../read/cursors.ts";
import { accessEntry, AccessLogWire } from "../../schemas/access-log.ts";
import { PageQuery } from "../../schemas/common.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const listAccessLog: Endpoint = (app, { accessLog }) =>
  app.get(
    "/v1/access-log",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["keys"],
        summary: "Who asked for which write and what became of it, the latest first",
        querystring: PageQuery,
        response: { 200: AccessLogWire, ...problems },
      },
    },
    async (request) => {
      const { cursor, limit } = pageRequest(request.query);
      const before = cursor === undefined ? undefined : decodeCursor("access-log", cursor).at;
      const page = await accessLog.list(before, limit);
      const last = page.at(-1);
      // Numbers have no gaps: what is left is known.
      const next =
        last === undefined || last.number <= 1
          ? {}
          : { next: encodeCursor("access-log", { at: last.number }) };
      return { data: page.map(accessEntry), ...next };
    },
  );
