import { Type } from "typebox";
import { address } from "../../../protocol/ids.ts";
import { ReplicaBody } from "../../schemas/replicas.ts";
import { askingOf, problems, type Endpoint } from "../endpoint.ts";
import { requireReplicas } from "./required.ts";

export const admitReplica: Endpoint = (app, services) =>
  app.post(
    "/v1/replicas",
    {
      config: { role: "auditor", concerns: "everything", answersIn: "access" },
      schema: {
        tags: ["audit"],
        summary: "Admit a replica by the address of its key: from now on what it signs is taken and counted",
        body: ReplicaBody,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const replicas = requireReplicas(services);
      const replica = address(request.body.replica);
      await services.keys.once({ kind: "admitReplica", replica }, askingOf(request), (session) =>
        replicas.admit(session, replica),
      );
      return reply.code(204).send(null);
    },
  );
