import { codeOf } from "../../codes.ts";
import { pageOf, PageQuery } from "../../schemas/common.ts";
import { roster, RosterWire } from "../../schemas/periods.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { foundPage, periodIn, PeriodParams } from "../lists.ts";

export const listRosters: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code/periods/:period/rosters",
    {
      schema: {
        tags: ["programmes"],
        summary: "The rosters of a policy period: Merkle roots and numbers of people, never who they are",
        params: PeriodParams,
        querystring: PageQuery,
        response: { 200: pageOf(RosterWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = codeOf("programme", request.params.code);
      const period = periodIn(request.params);
      return foundPage(
        read,
        `no period ${period} of programme ${request.params.code}`,
        async () => {
          const view = await read.programme(programme);
          if (view === undefined || (await read.period(programme, period)) === undefined) return undefined;
          const page = await read.rosters(programme, period, pageRequest(request.query));
          return { ...page, items: page.items.map((each) => roster(each, view.currency)) };
        },
        (each) => each,
      );
    },
  );
