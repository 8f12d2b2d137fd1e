import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { period, PeriodWire } from "../../schemas/periods.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const listPeriods: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code/periods",
    {
      schema: {
        tags: ["programmes"],
        summary: "A programme's policy periods and their close records, as if already rolled",
        params: CodeParams,
        response: { 200: answer(Type.Array(PeriodWire)), ...problems },
      },
    },
    async (request) => {
      const { programme } = codeOf("programme", request.params.code);
      return found(
        read,
        `no programme ${request.params.code}`,
        async () => {
          const view = await read.programme(programme);
          return view === undefined ? undefined : { view, periods: await read.periods(programme) };
        },
        ({ view, periods }) => periods.map((each) => period(each, view.currency)),
      );
    },
  );
