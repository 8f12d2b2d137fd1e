/** The home page in figures: all funds and programmes, and what they come to in each currency. */
import { addFen, fen, zeroFen } from "../../protocol/amounts.ts";
import type { Fen } from "../../protocol/amounts.ts";
import { rolledTo } from "../../protocol/ledger/periods.ts";
import type {
  ClaimCounts,
  CurrencySummary,
  FundView,
  ProgrammeView,
  Summary,
} from "../../protocol/ports/views.ts";
import type { Partition } from "../../protocol/trace/types.ts";
import { loadProgrammes } from "../index/load-programmes.ts";
import type { ProgrammeFigures } from "../index/load-programmes.ts";
import { readFunds } from "./funds.ts";
import { programmeView } from "./programmes.ts";
import type { Reading } from "./reading.ts";

type Part = keyof Partition;

const sumOfPartitions = (partitions: readonly Partition[]): Partition => {
  const sum = (part: Part): Fen => addFen(...partitions.map((partition) => partition[part]));
  return {
    total: sum("total"),
    unallocated: sum("unallocated"),
    paid: sum("paid"),
    inReserve: sum("inReserve"),
    operatingSpent: sum("operatingSpent"),
    operatingUnspent: sum("operatingUnspent"),
  };
};

/** What is still in reserve of what the current period was opened with: the front of the line is paid or moved first. */
const carriedForwardOf = (reading: Reading, figures: ProgrammeFigures): Fen => {
  const { currentPeriod, periods } = rolledTo(figures, reading.now);
  const current = periods.find(({ period }) => period === currentPeriod);
  if (current === undefined) return zeroFen;
  const { opening, paid, movedOut } = current.record;
  const left = opening - paid - movedOut;
  return left > 0n ? fen(left) : zeroFen;
};

const countsOf = (programmes: readonly ProgrammeView[]): ClaimCounts => {
  const sum = (count: keyof ClaimCounts): number =>
    programmes.reduce((total, { claims }) => total + claims[count], 0);
  return { filed: sum("filed"), approved: sum("approved"), onHold: sum("onHold"), paid: sum("paid") };
};

export const readSummary = async (reading: Reading): Promise<Summary> => {
  const funds: readonly FundView[] = await readFunds(reading);
  const figures = await loadProgrammes(reading.database);
  const programmes: ProgrammeView[] = [];
  for (const programme of figures) programmes.push(await programmeView(reading, programme));
  const names = new Set([...funds, ...programmes].map(({ currency }) => currency));
  const currencies = [...names].toSorted().map((currency): CurrencySummary => {
    const own = programmes.filter((programme) => programme.currency === currency);
    const carried = figures.filter((programme) => programme.currency === currency);
    return {
      currency,
      partition: sumOfPartitions(
        funds.filter((fund) => fund.currency === currency).map(({ partition }) => partition),
      ),
      carriedForward: addFen(...carried.map((programme) => carriedForwardOf(reading, programme))),
      approvedUnpaid: addFen(...own.map(({ approvedUnpaid }) => approvedUnpaid)),
      shortfall: addFen(...own.map(({ shortfall }) => shortfall)),
    };
  });
  const donations = funds.reduce((total, fund) => total + fund.donations, 0);
  return { currencies, donations, claims: countsOf(programmes), funds, programmes };
};
