import { parseMinorUnits } from "../../../protocol/amounts.ts";
import { periodNumber } from "../../../protocol/ids.ts";
import { CodeParams } from "../../schemas/common.ts";
import { DeclarePeriodBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, codeOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { inField, instantIn } from "../fields.ts";

export const declarePeriod: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/programmes/:code/periods",
    {
      config: { role: "treasurer" },
      schema: {
        tags: ["programmes"],
        summary: "Declare the next policy period with its terms",
        params: CodeParams,
        body: DeclarePeriodBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      const { period, start, end, filingDeadline, cover, terms } = request.body;
      const id = await desk.declarePeriod(
        {
          programme,
          period: periodNumber(period),
          start: instantIn("start", start),
          end: instantIn("end", end),
          filingDeadline: instantIn("filingDeadline", filingDeadline),
          cover: inField("cover", () => parseMinorUnits(cover)),
          terms,
        },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
