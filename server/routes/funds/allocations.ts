import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { allocation, AllocationWire } from "../../schemas/funds.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listAllocations: Endpoint = (app, { read }) =>
  app.get(
    "/v1/allocations",
    {
      schema: {
        tags: ["funds"],
        summary: "Premium allocations, of one fund or to one programme if asked for",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            fund: Type.Optional(CodeText),
            programme: Type.Optional(CodeText),
          },
          closed,
        ),
        response: { 200: pageOf(AllocationWire), ...problems },
      },
    },
    async (request) => {
      const { fund, programme } = request.query;
      const filter = {
        ...(fund === undefined ? {} : { fund: codeOf("fund", fund).fund }),
        ...(programme === undefined ? {} : { programme: codeOf("programme", programme).programme }),
      };
      return listPage(read, () => read.allocations(filter, pageRequest(request.query)), allocation);
    },
  );
