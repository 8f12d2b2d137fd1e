import { Type } from "typebox";
import { bytes32 } from "../../../protocol/ids.ts";
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
      const json = await read.document(bytes32(request.params.digest));
      if (json === undefined)
        throw new ProblemError("not-found", "no document with this digest is published");
      return reply
        .header("content-type", "application/json; charset=utf-8")
        .header("cache-control", "public, max-age=31536000, immutable")
        .send(json);
    },
  );
