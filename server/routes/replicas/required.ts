import type { Replicas } from "../../heads/replicas.ts";
import { ProblemError } from "../../problems.ts";
import type { Services } from "../endpoint.ts";

/** A chain that others make is checked at their nodes: nobody makes it again from here. */
export const requireReplicas = ({ replicas }: Pick<Services, "replicas">): Replicas => {
  if (replicas !== undefined) return replicas;
  throw new ProblemError(
    "not-found",
    "this ledger is on a chain that others make: it has nodes, and no replicas",
  );
};
