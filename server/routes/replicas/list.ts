import { answer, asOf } from "../../schemas/common.ts";
import { replicas, ReplicasWire } from "../../schemas/replicas.ts";
import { atOneBlock, problems, type Endpoint } from "../endpoint.ts";
import { requireReplicas } from "./required.ts";

export const listReplicas: Endpoint = (app, services) =>
  app.get(
    "/v1/replicas",
    {
      schema: {
        tags: ["audit"],
        summary:
          "Replicas that made this operator's chain again, what they agree to, and where one disagreed",
        response: { 200: answer(ReplicasWire), ...problems },
      },
    },
    async () => {
      const { head, result } = await atOneBlock(services.read, () => requireReplicas(services).view());
      return { asOf: asOf(head), data: replicas(result) };
    },
  );
