import { Type } from "typebox";
import { address } from "../../../protocol/ids.ts";
import { ProblemError } from "../../problems.ts";
import { ReplicaBody } from "../../schemas/replicas.ts";
import { askingOf, problems, type Endpoint } from "../endpoint.ts";
import { requireReplicas } from "./required.ts";

export const endReplica: Endpoint = (app, services) =>
  app.delete(
    "/v1/replicas/:replica",
    {
      config: { role: "auditor", concerns: "everything", answersIn: "access" },
      schema: {
        tags: ["audit"],
        summary: "Count a replica no more; where it disagreed stays shown",
        params: ReplicaBody,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const replicas = requireReplicas(services);
      const replica = address(request.params.replica);
      await services.keys.once({ kind: "endReplica", replica }, askingOf(request), async (session) => {
        if (await replicas.end(session, replica)) return;
        throw new ProblemError("not-found", `no replica ${replica} is admitted`);
      });
      return reply.code(204).send(null);
    },
  );
