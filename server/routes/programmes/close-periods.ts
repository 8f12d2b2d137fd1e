import { programmeInPath } from "../../access/concerns.ts";
import { codeOf } from "../../codes.ts";
import { CodeParams } from "../../schemas/common.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const closePeriods: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/programmes/:code/close",
    {
      config: { role: "treasurer", concerns: programmeInPath },
      schema: {
        tags: ["programmes"],
        summary: "Write the close records of the periods that are over",
        params: CodeParams,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      return answerWrite(request, reply, desk, [await desk.closePeriods(programme, askingOf(request))]);
    },
  );
