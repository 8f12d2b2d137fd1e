/** Who insures a policy period, by name and share, and what each bears of its claims. */
import { readShares } from "../../protocol/insurers/split.ts";
import type { Shares } from "../../protocol/insurers/split.ts";
import { insurerTotals } from "../../protocol/insurers/statement.ts";
import type { PolicyPeriod } from "../../protocol/ledger/records.ts";
import type { Bilingual, InsurersView } from "../../protocol/ports/views.ts";
import type { Reading } from "./reading.ts";

export interface NamedInsurer {
  /** From 1, in the order of the shares. */
  readonly ordinal: number;
  readonly name: Bilingual;
  readonly shareBps: number;
}

export interface KnownInsurers {
  readonly shares: Shares;
  readonly insurers: readonly NamedInsurer[];
}

/** Undefined while none are declared. An insurer whose published name is missing here is called by its ordinal. */
export const insurersOf = async (
  { shared }: Reading,
  { insurers }: PolicyPeriod,
): Promise<KnownInsurers | undefined> => {
  if (insurers === undefined) return undefined;
  const named = await shared.insurers.of(insurers.document);
  return {
    shares: readShares(insurers.sharesBps),
    insurers: insurers.sharesBps.map((shareBps, at) => {
      const ordinal = at + 1;
      const name = named?.[at]?.name ?? { zh: `保险人 ${ordinal}`, en: `Insurer ${ordinal}` };
      return { ordinal, name, shareBps };
    }),
  };
};

export const insurersView = async (
  reading: Reading,
  period: PolicyPeriod,
): Promise<InsurersView | undefined> => {
  const known = await insurersOf(reading, period);
  if (known === undefined || period.insurers === undefined) return undefined;
  const totals = insurerTotals(known.shares, period);
  return {
    document: period.insurers.document,
    insurers: known.insurers.flatMap((insurer, at) => {
      const part = totals[at];
      return part === undefined ? [] : [{ ...insurer, part }];
    }),
  };
};
