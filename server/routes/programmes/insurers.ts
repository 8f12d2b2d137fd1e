import { codeOf } from "../../codes.ts";
import { answer } from "../../schemas/common.ts";
import { insurers, InsurersWire } from "../../schemas/insurers.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";
import { periodIn, PeriodParams } from "../lists.ts";

export const getInsurers: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code/periods/:period/insurers",
    {
      schema: {
        tags: ["programmes"],
        summary: "Who insures a policy period, with shares and each insurer's part so far",
        params: PeriodParams,
        response: { 200: answer(InsurersWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = codeOf("programme", request.params.code);
      const period = periodIn(request.params);
      return found(
        read,
        `no insurers are declared for period ${period} of programme ${request.params.code}`,
        async () => {
          const view = await read.programme(programme);
          const declared = await read.period(programme, period);
          if (view === undefined || declared?.insurers === undefined) return undefined;
          return { view: declared.insurers, currency: view.currency };
        },
        ({ view, currency }) => insurers(view, currency),
      );
    },
  );
