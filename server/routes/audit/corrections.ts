import { Type } from "typebox";
import { correction, CorrectionWire, RecordKindWire } from "../../schemas/audit.ts";
import { closed, pageOf, PageQuery } from "../../schemas/common.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listCorrections: Endpoint = (app, { read }) =>
  app.get(
    "/v1/corrections",
    {
      schema: {
        tags: ["audit"],
        summary: "Published correction notes, of one kind of record or one record if asked for",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            kind: Type.Optional(RecordKindWire),
            record: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,8}$" })),
          },
          closed,
        ),
        response: { 200: pageOf(CorrectionWire), ...problems },
      },
    },
    async (request) => {
      const { kind, record } = request.query;
      const filter = {
        ...(kind === undefined ? {} : { kind }),
        ...(record === undefined ? {} : { record: Number(record) }),
      };
      return listPage(read, () => read.corrections(filter, pageRequest(request.query)), correction);
    },
  );
