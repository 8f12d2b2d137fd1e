import { Type } from "typebox";
import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { parseDay } from "../../../protocol/calendar.ts";
import { closed } from "../../schemas/common.ts";
import { Channel } from "../../schemas/donations.ts";
import { ConfirmTotalBody } from "../../schemas/requests/audit.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField } from "../fields.ts";

export const confirmTotal: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/channels/:channel/totals",
    {
      config: { role: "provider", concerns: "everything" },
      schema: {
        tags: ["audit"],
        summary:
          "Confirm, as the payment provider, how many payments of what sum came in on a settlement day",
        params: Type.Object({ channel: Channel }, closed),
        body: ConfirmTotalBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { day, currency, count, sum } = request.body;
      const id = await desk.confirmTotal(
        {
          channel: request.params.channel,
          day: inField("day", () => parseDay(day)),
          currency,
          count,
          sum: inField("sum", () => parseMinorUnits(sum)),
        },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
