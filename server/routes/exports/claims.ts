import { claimsTable } from "../../exports/claim-tables.ts";
import { exportedProgramme } from "./answer.ts";
import { tableEndpoint } from "./table.ts";

export const exportClaims = tableEndpoint({
  path: "/v1/exports/programmes/:code/claims",
  name: "claims",
  summary: "Open and paid claims of a programme as they stood at a block, as a file",
  subject: exportedProgramme,
  table: claimsTable,
});
