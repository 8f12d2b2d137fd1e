import { OpenProgrammeBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const openProgramme: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/programmes",
    {
      config: { role: "treasurer", concerns: "everything" },
      schema: {
        tags: ["programmes"],
        summary: "Open a programme: a county or city under one plan",
        body: OpenProgrammeBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const id = await desk.openProgramme(request.body, askingOf(request));
      return answerWrite(request, reply, desk, [id]);
    },
  );
