import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const noteHead: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/heads",
    {
      config: { role: "auditor", concerns: "everything" },
      schema: {
        tags: ["audit"],
        summary: "Note the latest block in the auditor's name: the signature is valid on no other chain",
        response: writeResponses,
      },
    },
    async (request, reply) => answerWrite(request, reply, desk, [await desk.noteHead(askingOf(request))]),
  );
