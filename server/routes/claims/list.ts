import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { claim, ClaimStateWire, ClaimWire } from "../../schemas/claims.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listClaims: Endpoint = (app, { read }) =>
  app.get(
    "/v1/claims",
    {
      schema: {
        tags: ["claims"],
        summary: "Claims, of one programme or in one state if asked for",
        description:
          "Each claim is a public record. How many were rejected, withdrawn or cancelled is not told by a figure; " +
          "rejections are told for at least 11 claims together, by /v1/settlement.",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            programme: Type.Optional(CodeText),
            state: Type.Optional(ClaimStateWire),
          },
          closed,
        ),
        response: { 200: pageOf(ClaimWire), ...problems },
      },
    },
    async (request) => {
      const { programme, state } = request.query;
      const filter = {
        ...(programme === undefined ? {} : { programme: codeOf("programme", programme).programme }),
        ...(state === undefined ? {} : { state }),
      };
      return listPage(read, () => read.claims(filter, pageRequest(request.query)), claim);
    },
  );
