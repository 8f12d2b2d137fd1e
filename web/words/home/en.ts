/** Words of the overview in English. */
import type { home as homeInChinese } from "./zh.ts";

export const home = {
  title: "Overview",
  heading: "Where every fen of every gift went",
  lead: "Gifts stand in a line in the order they were recorded, and money is spent from the front. So any gift can be followed, to the fen, to the claims it paid.",
  overall: "All gifts",
  byFund: "By fund",
  byProgramme: "By county (programme)",
  fund: "Fund",
  programme: "Programme",
  total: "Total",
  bar: "Proportions",
  figures: "On the books",
  donations: "Gifts",
  claimsFiled: "Claims being decided",
  claimsApproved: "Waiting to be paid",
  claimsOnHold: "On hold",
  claimsPaid: "Claims paid",
  findTitle: "Find my gift",
  findLead: "No code? Your payment's transaction number and the amount are enough.",
  emptyTitle: "The books are empty",
  emptyLead:
    "No fund has been opened and no gift recorded. This ledger never invents a row: figures appear here once the first fund is opened and the first gifts are recorded.",
  emptyStaff: "For staff: the interface is described at",
  noProgrammes: "There is no programme yet; every gift waits to be allocated.",
  movedNote:
    "Entered = allocated + moved in − moved out; over all programmes it adds up to donated − not yet allocated.",
} satisfies typeof homeInChinese;
