import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { claim, ClaimWire } from "../../schemas/claims.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const getClaim: Endpoint = (app, { read }) =>
  app.get(
    "/v1/claims/:code",
    {
      schema: {
        tags: ["claims"],
        summary: "A claim: state, amount, place in the queue, payouts; never who it is for",
        params: CodeParams,
        response: { 200: answer(ClaimWire), ...problems },
      },
    },
    async (request) => {
      const code = codeOf("claim", request.params.code);
      return found(read, `no claim ${request.params.code}`, () => read.claim(code.claim), claim);
    },
  );
