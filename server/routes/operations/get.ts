import { ProblemError } from "../../problems.ts";
import { operation, OperationWire } from "../../schemas/operations.ts";
import { operationId, problems, type Endpoint } from "../endpoint.ts";

export const getOperation: Endpoint = (app, { desk }) =>
  app.get(
    "/v1/operations/:id",
    {
      config: { needsChain: true },
      schema: {
        tags: ["operations"],
        summary:
          "What became of an accepted write: still accepted, recorded, refused by the ledger, or cancelled",
        params: operationId,
        response: { 200: OperationWire, ...problems },
      },
    },
    async (request) => {
      const view = await desk.operation(request.params.id);
      if (view === undefined) throw new ProblemError("not-found", "no operation with this id was accepted");
      return operation(view);
    },
  );
