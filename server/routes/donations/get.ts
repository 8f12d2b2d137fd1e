import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { donation, DonationWire } from "../../schemas/donations.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const getDonation: Endpoint = (app, { read }) =>
  app.get(
    "/v1/donations/:code",
    {
      schema: {
        tags: ["donations"],
        summary: "A donation: amount, commitment and place on its fund's line; never who gave it",
        params: CodeParams,
        response: { 200: answer(DonationWire), ...problems },
      },
    },
    async (request, reply) => {
      reply.header("access-control-allow-origin", "*");
      const { batch, index } = codeOf("donation", request.params.code);
      return found(read, `no donation ${request.params.code}`, () => read.donation(batch, index), donation);
    },
  );
