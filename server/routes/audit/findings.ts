import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { finding, FindingStateWire, FindingWire } from "../../schemas/audit.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listFindings: Endpoint = (app, { read }) =>
  app.get(
    "/v1/findings",
    {
      schema: {
        tags: ["audit"],
        summary: "What auditors found, what was answered and what is closed",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            programme: Type.Optional(CodeText),
            state: Type.Optional(FindingStateWire),
          },
          closed,
        ),
        response: { 200: pageOf(FindingWire), ...problems },
      },
    },
    async (request) => {
      const { programme, state } = request.query;
      const filter = {
        ...(programme === undefined ? {} : { programme: codeOf("programme", programme).programme }),
        ...(state === undefined ? {} : { state }),
      };
      return listPage(read, () => read.findings(filter, pageRequest(request.query)), finding);
    },
  );
