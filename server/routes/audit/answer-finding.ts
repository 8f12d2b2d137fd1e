import { Type } from "typebox";
import { findingId } from "../../../protocol/ids.ts";
import { findingInPath } from "../../access/concerns.ts";
import { numberIn } from "../../codes.ts";
import { closed } from "../../schemas/common.ts";
import { FindingBody } from "../../schemas/requests/audit.ts";
import { RecordNumber } from "../../schemas/requests/fields.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const answerFinding: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/findings/:finding/answer",
    {
      config: { role: "treasurer", concerns: findingInPath },
      schema: {
        tags: ["audit"],
        summary: "Answer an open finding in the foundation's name",
        params: Type.Object({ finding: RecordNumber }, closed),
        body: FindingBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const finding = numberIn("finding", request.params.finding, findingId);
      const { statement } = request.body;
      return answerWrite(request, reply, desk, [
        await desk.answerFinding({ finding, statement }, askingOf(request)),
      ]);
    },
  );
