import { Type } from "typebox";
import { channelDay, ChannelDayWire, ConfirmationStateWire } from "../../schemas/audit.ts";
import { closed, pageOf, PageQuery } from "../../schemas/common.ts";
import { Channel } from "../../schemas/donations.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listChannelDays: Endpoint = (app, { read }) =>
  app.get(
    "/v1/channel-days",
    {
      schema: {
        tags: ["audit"],
        summary:
          "What was recorded of each settlement day, and what the channel's provider says; newest first",
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            channel: Type.Optional(Channel),
            state: Type.Optional(ConfirmationStateWire),
          },
          closed,
        ),
        response: { 200: pageOf(ChannelDayWire), ...problems },
      },
    },
    async (request) => {
      const { channel, state } = request.query;
      const filter = {
        ...(channel === undefined ? {} : { channel }),
        ...(state === undefined ? {} : { state }),
      };
      return listPage(read, () => read.channelDays(filter, pageRequest(request.query)), channelDay);
    },
  );
