import { decodeCursor, encodeCursor } from "../../read/cursors.ts";
import { PageQuery } from "../../schemas/common.ts";
import { KeysWire, keyWire } from "../../schemas/keys.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const listKeys: Endpoint = (app, { keys }) =>
  app.get(
    "/v1/keys",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["keys"],
        summary: "Every API key that was made: what it may do, since when and until when; never its text",
        querystring: PageQuery,
        response: { 200: KeysWire, ...problems },
      },
    },
    async (request) => {
      const { cursor, limit } = pageRequest(request.query);
      const after = cursor === undefined ? 0 : decodeCursor("keys", cursor).at;
      const found = await keys.list(after, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map(({ key }) => keyWire(key)),
        ...(last === undefined || found.length <= limit
          ? {}
          : { next: encodeCursor("keys", { at: last.place }) }),
      };
    },
  );
