import { Type } from "typebox";
import { address } from "../../../protocol/ids.ts";
import { ProblemError } from "../../problems.ts";
import { ReplicaBody } from "../../schemas/replicas.ts";
import { problems, type Endpoint } from "../endpoint.ts";
import { requireReplicas } from "./required.ts";

export const endReplica: Endpoint = (app, services) =>
  app.delete(
    "/v1/replicas/:replica",
    {
      config: { role: "auditor", concerns: "everything" },
      schema: {
        tags: ["audit"],
        summary: "Count a replica no more; where it disagreed stays shown",
        params: ReplicaBody,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { replica } = request.params;
      if (!(await requireReplicas(services).end(address(replica)))) {
        throw new ProblemError("not-found", `no replica ${replica} is admitted`);
      }
      return reply.code(204).send(null);
    },
  );
