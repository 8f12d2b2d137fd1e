import type { Static } from "typebox";
import { DeskRefusal } from "../../../protocol/ports/desk.ts";
import { codeIn } from "../../codes.ts";
import { CorrectionBody } from "../../schemas/requests/audit.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const noteCorrection: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/corrections",
    {
      config: { role: "treasurer", concerns: "everything" },
      schema: {
        tags: ["audit"],
        summary: "Publish a correction note about a record; the record itself stays as it was",
        body: CorrectionBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { kind, statement } = request.body;
      const id = await desk.noteCorrection(
        { kind, record: recordOf(request.body), statement },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );

/** The number of a record, whose code may be given where it has one. */
const recordOf = ({ kind, record }: Static<typeof CorrectionBody>): number => {
  if (typeof record === "number") return record;
  switch (kind) {
    case "fund":
      return codeIn("fund", "record", record).fund;
    case "programme":
      return codeIn("programme", "record", record).programme;
    case "batch":
      return codeIn("batch", "record", record).batch;
    case "claim":
      return codeIn("claim", "record", record).claim;
    default:
      throw new DeskRefusal("record", `expected the number of the ${kind}, which has no code`);
  }
};
