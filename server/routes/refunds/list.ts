import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { refund, RefundWire } from "../../schemas/refunds.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listRefunds: Endpoint = (app, { read }) =>
  app.get(
    "/v1/refunds",
    {
      schema: {
        tags: ["donations"],
        summary: "Gifts that the foundation repaid, of one fund if asked for, all or only what it still owes",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            fund: Type.Optional(CodeText),
            owed: Type.Optional(Type.Union([Type.Literal("true"), Type.Literal("false")])),
          },
          closed,
        ),
        response: { 200: pageOf(RefundWire), ...problems },
      },
    },
    async (request) => {
      const { fund, owed } = request.query;
      const filter = {
        ...(fund === undefined ? {} : { fund: codeOf("fund", fund).fund }),
        ...(owed === undefined ? {} : { owed: owed === "true" }),
      };
      return listPage(read, () => read.refunds(filter, pageRequest(request.query)), refund);
    },
  );
