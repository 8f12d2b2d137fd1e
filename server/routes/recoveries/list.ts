import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { recovery, RecoveryWire } from "../../schemas/recoveries.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listRecoveries: Endpoint = (app, { read }) =>
  app.get(
    "/v1/recoveries",
    {
      schema: {
        tags: ["claims"],
        summary: "Money of claims that came back, of one programme or claim if asked for",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            programme: Type.Optional(CodeText),
            claim: Type.Optional(CodeText),
          },
          closed,
        ),
        response: { 200: pageOf(RecoveryWire), ...problems },
      },
    },
    async (request) => {
      const { programme, claim } = request.query;
      const filter = {
        ...(programme === undefined ? {} : { programme: codeOf("programme", programme).programme }),
        ...(claim === undefined ? {} : { claim: codeOf("claim", claim).claim }),
      };
      return listPage(read, () => read.recoveries(filter, pageRequest(request.query)), recovery);
    },
  );
