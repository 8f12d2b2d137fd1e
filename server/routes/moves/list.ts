import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { move, MoveWire } from "../../schemas/recoveries.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listMoves: Endpoint = (app, { read }) =>
  app.get(
    "/v1/moves",
    {
      schema: {
        tags: ["programmes"],
        summary: "What ended programmes passed on, of one programme (into it and out of it) if asked for",
        querystring: Type.Object({ ...PageQuery.properties, programme: Type.Optional(CodeText) }, closed),
        response: { 200: pageOf(MoveWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = request.query;
      const filter = programme === undefined ? {} : codeOf("programme", programme);
      return listPage(read, () => read.moves(filter, pageRequest(request.query)), move);
    },
  );
