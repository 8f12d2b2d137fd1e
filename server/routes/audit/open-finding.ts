import { subjectInBody } from "../../access/concerns.ts";
import { SubjectBody } from "../../schemas/requests/audit.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";
import { subjectOf } from "./subject.ts";

export const openFinding: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/findings",
    {
      config: { role: "auditor", concerns: subjectInBody },
      schema: {
        tags: ["audit"],
        summary: "Open a finding about a policy period, a programme or the whole ledger",
        body: SubjectBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { statement } = request.body;
      const id = await desk.openFinding({ ...subjectOf(request.body), statement }, askingOf(request));
      return answerWrite(request, reply, desk, [id]);
    },
  );
