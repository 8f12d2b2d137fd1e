import { StandingWire } from "../../schemas/donations.ts";
import { GiftsBody } from "../../schemas/requests/donations.ts";
import { problems, type Endpoint } from "../endpoint.ts";
import { giftsOf } from "./gifts.ts";

export const standing: Endpoint = (app, { desk, read }) =>
  app.post(
    "/v1/donations/standing",
    {
      config: { role: "recorder", concerns: "everything", asksOnly: true },
      schema: {
        tags: ["donations"],
        summary:
          "Check gifts and write nothing: is each new, recorded already, or in conflict with its record?",
        body: GiftsBody,
        response: { 200: StandingWire, ...problems },
      },
    },
    async (request) => {
      const gifts = await giftsOf(read, request.body.donations);
      return { standing: [...(await desk.standing(gifts))] };
    },
  );
