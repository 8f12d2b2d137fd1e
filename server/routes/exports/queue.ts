import { queueTable } from "../../exports/claim-tables.ts";
import { exportedProgramme } from "./answer.ts";
import { tableEndpoint } from "./table.ts";

export const exportQueue = tableEndpoint({
  path: "/v1/exports/programmes/:code/queue",
  name: "queue",
  summary: "The queue of a programme as it stood at a block, as a file",
  subject: exportedProgramme,
  table: queueTable,
});
