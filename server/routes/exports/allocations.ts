import { allocationsTable } from "../../exports/fund-tables.ts";
import { exportedFund } from "./answer.ts";
import { tableEndpoint } from "./table.ts";

export const exportAllocations = tableEndpoint({
  path: "/v1/exports/funds/:code/allocations",
  name: "allocations",
  summary: "What was allocated of a fund, as a file",
  subject: exportedFund,
  table: allocationsTable,
});
