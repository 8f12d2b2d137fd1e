import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { inCanonicalText, proof, ProofWire } from "../../schemas/receipts.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const proveDonation: Endpoint = (app, { read }) =>
  app.get(
    "/v1/donations/:code/proof",
    {
      schema: {
        tags: ["donations"],
        summary: "The Merkle-sum proof that a donation is a leaf of its batch",
        params: CodeParams,
        response: { 200: answer(ProofWire), ...problems },
      },
    },
    async (request, reply) => {
      reply.header("access-control-allow-origin", "*");
      const { batch, index } = codeOf("donation", request.params.code);
      const what = `no donation ${request.params.code}`;
      return inCanonicalText(reply, await found(read, what, () => read.donationProof(batch, index), proof));
    },
  );
