import { namedGifts, RecordedGiftsWire } from "../../schemas/operations.ts";
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
        response: { ...writeResponses, 201: RecordedGiftsWire },
      },
    },
    async (request, reply) => {
      const gifts = await giftsOf(read, request.body.donations);
      const ids = await desk.recordDonations(gifts, askingOf(request));
      return answerWrite(request, reply, desk, ids, async (recorded) => {
        if (gifts.length > namedGifts) return {};
        const codes = await desk.donationCodes(gifts, recorded);
        return { donations: codes.map((code) => code ?? null) };
      });
    },
  );
