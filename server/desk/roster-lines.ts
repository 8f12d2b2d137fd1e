/** A person's lines in the vault that count: those of rosters that are recorded, or on their way. */
import type { IdNumber } from "../../protocol/rosters/id-number.ts";
import type { RosterPeriod } from "../../protocol/rosters/pseudonym.ts";
import type { KeptLine } from "../vault/roster-vault.ts";
import type { Counter } from "./counter.ts";

/** In the order they were kept. Rosters whose operation was never accepted, or failed, are dropped on the way. */
export const livingLines = async (
  { parts: { vault, outbox } }: Counter,
  of: RosterPeriod,
  number: IdNumber,
): Promise<readonly KeptLine[]> => {
  const lines = await vault.rosters.linesOf(of, number);
  const dead = new Set<string>();
  for (const operation of new Set(lines.map((line) => line.operation))) {
    const record = await outbox.operation(operation);
    if (record !== undefined && record.state !== "failed") continue;
    await vault.rosters.drop(operation);
    dead.add(operation);
  }
  return lines.filter(({ operation }) => !dead.has(operation));
};
