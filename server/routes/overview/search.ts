import { Type } from "typebox";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { parseSearch } from "../../../protocol/codes/search.ts";
import { closed } from "../../schemas/common.ts";
import { problems, type Endpoint } from "../endpoint.ts";

const SearchWire = Type.Object(
  {
    kind: Type.String({
      description: "donation, batch, claim, programme, fund, transactionNumber or nothing",
    }),
    code: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
  },
  closed,
);

export const search: Endpoint = (app) =>
  app.get(
    "/v1/search",
    {
      schema: {
        tags: ["overview"],
        summary: "What a text names: a trace code, a page's address, or perhaps a transaction number",
        querystring: Type.Object({ q: Type.String({ maxLength: 500 }) }, closed),
        response: { 200: SearchWire, ...problems },
      },
    },
    async (request) => {
      const target = parseSearch(request.query.q);
      switch (target.kind) {
        case "code":
          return { kind: target.code.kind, code: encodeCode(target.code) };
        case "transactionNumber":
          return { kind: target.kind };
        case "nothing":
          return { kind: target.kind, reason: target.reason };
      }
    },
  );
