import { headNote, HeadNoteWire } from "../../schemas/audit.ts";
import { pageOf, PageQuery } from "../../schemas/common.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listHeads: Endpoint = (app, { read }) =>
  app.get(
    "/v1/heads",
    {
      schema: {
        tags: ["audit"],
        summary:
          "Blocks that actors noted, the newest first: their signatures are valid only on a chain that has them",
        querystring: PageQuery,
        response: { 200: pageOf(HeadNoteWire), ...problems },
      },
    },
    async (request) => listPage(read, () => read.headNotes(pageRequest(request.query)), headNote),
  );
