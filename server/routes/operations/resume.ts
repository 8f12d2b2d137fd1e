import { askedOnce } from "../../outbox/answered-requests.ts";
import { history, HistoryWire } from "../../schemas/sending.ts";
import { askingOf, operationId, problems, type Endpoint } from "../endpoint.ts";

export const resumeOperation: Endpoint = (app, { sender }) =>
  app.post(
    "/v1/operations/:id/resume",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["operations"],
        summary: "Let a suspended write go on, in the place where it stood",
        params: operationId,
        response: { 200: HistoryWire, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params;
      const outcome = await sender.resume(
        id,
        askedOnce({ kind: "resumeOperation", operation: id }, askingOf(request)),
      );
      request.isRepetition = outcome === "known";
      return history(await sender.history(id));
    },
  );
