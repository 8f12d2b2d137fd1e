import { codeOf } from "../../codes.ts";
import { answer, CodeParams, PageQuery } from "../../schemas/common.ts";
import { sources, SourcesWire } from "../../schemas/sources.ts";
import { found, pageRequest, problems, type Endpoint } from "../endpoint.ts";

export const claimSources: Endpoint = (app, { read }) =>
  app.get(
    "/v1/claims/:code/sources",
    {
      schema: {
        tags: ["claims"],
        summary: "Which donations stand in a claim now, without what came back, at most 50 a page",
        params: CodeParams,
        querystring: PageQuery,
        response: { 200: answer(SourcesWire), ...problems },
      },
    },
    async (request) => {
      const code = codeOf("claim", request.params.code);
      const { limit, ...rest } = pageRequest(request.query);
      const page = { ...rest, limit: Math.min(limit, 50) };
      return found(
        read,
        `no claim ${request.params.code}`,
        () => read.claimSources(code.claim, page),
        sources,
      );
    },
  );
