import { periodNumber } from "../../../protocol/ids.ts";
import { programmeInPath } from "../../access/concerns.ts";
import { codeOf } from "../../codes.ts";
import { CodeParams } from "../../schemas/common.ts";
import { DeclarePeriodBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { instantIn, termsIn } from "../fields.ts";

export const declarePeriod: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/programmes/:code/periods",
    {
      config: { role: "treasurer", concerns: programmeInPath },
      schema: {
        tags: ["programmes"],
        summary: "Declare the next policy period with its terms, which are published",
        params: CodeParams,
        body: DeclarePeriodBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      const { period, start, end, terms } = request.body;
      const id = await desk.declarePeriod(
        {
          programme,
          period: periodNumber(period),
          start: instantIn("start", start),
          end: instantIn("end", end),
          terms: termsIn(terms),
        },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
