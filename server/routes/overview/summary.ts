import { asOf, answer } from "../../schemas/common.ts";
import { summary, SummaryWire } from "../../schemas/overview.ts";
import { atOneBlock, problems, type Endpoint } from "../endpoint.ts";

export const getSummary: Endpoint = (app, { read }) =>
  app.get(
    "/v1/summary",
    {
      schema: {
        tags: ["overview"],
        summary: "The books in one look: every fund and programme, and how donated money is split",
        response: { 200: answer(SummaryWire), ...problems },
      },
    },
    async () => {
      const { head, result } = await atOneBlock(read, () => read.summary());
      return { asOf: asOf(head), data: summary(result) };
    },
  );
