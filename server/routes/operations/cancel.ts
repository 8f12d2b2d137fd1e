import { askedOnce } from "../../outbox/answered-requests.ts";
import { history, HistoryWire } from "../../schemas/sending.ts";
import { askingOf, operationId, problems, type Endpoint } from "../endpoint.ts";

export const cancelOperation: Endpoint = (app, { sender }) =>
  app.post(
    "/v1/operations/:id/cancel",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["operations"],
        summary:
          "End a write for ever: at once where it is not signed; where it is, an empty transaction races it for its nonce",
        params: operationId,
        response: { 200: HistoryWire, ...problems },
      },
    },
    async (request) => {
      const { id } = request.params;
      const outcome = await sender.cancel(
        id,
        askedOnce({ kind: "cancelOperation", operation: id }, askingOf(request)),
      );
      request.isRepetition = outcome === "known";
      return history(await sender.history(id));
    },
  );
