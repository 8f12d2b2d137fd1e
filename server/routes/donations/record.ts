import { GiftsBody } from "../../schemas/requests/donations.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { giftsOf } from "./gifts.ts";

export const recordDonations: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/donations",
    {
      config: { role: "recorder", concerns: "everything" },
      schema: {
        tags: ["donations"],
        summary: "Record 1 to 3,000 gifts, all or none",
        body: GiftsBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const gifts = await giftsOf(read, request.body.donations);
      return answerWrite(request, reply, desk, await desk.recordDonations(gifts, askingOf(request)));
    },
  );
