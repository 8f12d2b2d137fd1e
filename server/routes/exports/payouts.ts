import { payoutsTable } from "../../exports/payouts-table.ts";
import { exportedProgramme } from "./answer.ts";
import { tableEndpoint } from "./table.ts";

export const exportPayouts = tableEndpoint({
  path: "/v1/exports/programmes/:code/payouts",
  name: "payouts",
  summary: "What a programme paid and what came back, as a file",
  subject: exportedProgramme,
  table: payoutsTable,
});
