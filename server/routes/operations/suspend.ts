import { askedOnce } from "../../outbox/answered-requests.ts";
import { history, HistoryWire } from "../../schemas/sending.ts";
import { askingOf, operationId, problems, type Endpoint } from "../endpoint.ts";

export const suspendOperation: Endpoint = (app, { sender }) =>
  app.post(
    "/v1/operations/:id/suspend",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["operations"],
        summary: "Hold a write back that is queued and not signed yet",
        params: operationId,
        response: { 200: HistoryWire, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params;
      const outcome = await sender.suspend(
        id,
        askedOnce({ kind: "suspendOperation", operation: id }, askingOf(request)),
      );
      request.isRepetition = outcome === "known";
      return history(await sender.history(id));
    },
  );
