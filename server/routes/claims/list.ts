import { Type } from "typebox";
import { asOf, closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { claim, ClaimStateWire, ClaimWire } from "../../schemas/claims.ts";
import { atOneBlock, codeOf, pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const listClaims: Endpoint = (app, { read }) =>
  app.get(
    "/v1/claims",
    {
      schema: {
        tags: ["claims"],
        summary: "Claims, of one programme or in one state if asked for",
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
      const { head, result } = await atOneBlock(read, () => read.claims(filter, pageRequest(request.query)));
      const next = result.next === undefined ? {} : { next: result.next };
      return { asOf: asOf(head), data: result.items.map(claim), ...next };
    },
  );
