import { history, HistoryWire } from "../../schemas/sending.ts";
import { operationId, problems, type Endpoint } from "../endpoint.ts";

export const operationHistory: Endpoint = (app, { sender }) =>
  app.get(
    "/v1/operations/:id/history",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["operations"],
        summary: "Every change of a write: when it was signed, sent again, in a block, and out of one",
        params: operationId,
        response: { 200: HistoryWire, ...problems },
      },
    },
    async (request) => history(await sender.history(request.params.id)),
  );
