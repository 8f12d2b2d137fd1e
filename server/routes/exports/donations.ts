import { donationsTable } from "../../exports/fund-tables.ts";
import { exportedFund } from "./answer.ts";
import { tableEndpoint } from "./table.ts";

export const exportDonations = tableEndpoint({
  path: "/v1/exports/funds/:code/donations",
  name: "donations",
  summary: "Every gift of a fund in the order of its line, as a file",
  subject: exportedFund,
  table: donationsTable,
});
