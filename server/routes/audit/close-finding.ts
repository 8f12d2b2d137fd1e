import { Type } from "typebox";
import { findingId } from "../../../protocol/ids.ts";
import { findingInPath } from "../../access/concerns.ts";
import { numberIn } from "../../codes.ts";
import { closed } from "../../schemas/common.ts";
import { FindingBody } from "../../schemas/requests/audit.ts";
import { RecordNumber } from "../../schemas/requests/fields.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const closeFinding: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/findings/:finding/close",
    {
      config: { role: "auditor", concerns: findingInPath },
      schema: {
        tags: ["audit"],
        summary: "Close a finding, answered or not",
        params: Type.Object({ finding: RecordNumber }, closed),
        body: FindingBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const finding = numberIn("finding", request.params.finding, findingId);
      const { statement } = request.body;
      return answerWrite(request, reply, desk, [
        await desk.closeFinding({ finding, statement }, askingOf(request)),
      ]);
    },
  );
