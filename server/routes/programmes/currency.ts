import type { ProgrammeId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import { ProblemError } from "../../problems.ts";
import { requireCurrency } from "../fields.ts";

/** Money of another currency than the programme's is refused, never converted. */
export const requireProgrammeCurrency = async (
  read: Read,
  programme: ProgrammeId,
  currency: string,
  field = "currency",
): Promise<void> => {
  const view = await read.programme(programme);
  if (view === undefined) throw new ProblemError("not-found", `no programme ${programme}`);
  requireCurrency(field, view.currency, currency);
};
