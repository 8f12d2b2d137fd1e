import { Type } from "typebox";
import { bytes32 } from "../../../protocol/ids.ts";
import { cityPlanDocument } from "../../../protocol/terms/examples/published.ts";
import { ProblemError } from "../../problems.ts";
import { closed, Digest } from "../../schemas/common.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const getDocument: Endpoint = (app, { read }) =>
  app.get(
    "/v1/documents/:digest",
    {
      schema: {
        tags: ["overview"],
        summary: "A published document in RFC 8785 form; its sha256 is the digest on the chain",
        params: Type.Object({ digest: Digest }, closed),
        response: { 200: Type.Unsafe<string>({ type: "object", additionalProperties: true }), ...problems },
      },
    },
    async (request, reply) => {
      const digest = bytes32(request.params.digest);
      const json = (await read.document(digest)) ?? cityPlanDocument(digest);
      if (json === undefined)
        throw new ProblemError("not-found", "no document with this digest is published");
      return reply
        .header("content-type", "application/json; charset=utf-8")
        .header("cache-control", "public, max-age=31536000, immutable")
        .send(json);
    },
  );
