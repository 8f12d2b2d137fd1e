/** The records that an event touched, and the rows that every kind of event shares. */
import type { Bytes32, FundId, PeriodNumber, ProgrammeId } from "../../../protocol/ids.ts";
import type { LedgerState, ProgrammeRecord } from "../../../protocol/ledger/records.ts";
import { operationRow } from "../codecs/access.ts";
import type { OperationKind } from "../codecs/access.ts";
import { fundRow } from "../codecs/funds.ts";
import { periodRow } from "../codecs/periods.ts";
import { programmeRow, totalsRow } from "../codecs/programmes.ts";
import type { PendingRows } from "../pending.ts";

/** The books after an event, and where its rows are noted. */
export interface Touched {
  readonly state: LedgerState;
  readonly rows: PendingRows;
}

/** A record that the reducer has just written or found. */
export const kept = <Record>(list: readonly Record[], id: number): Record => {
  const record = list[id - 1];
  if (record === undefined) throw new RangeError(`the books have no record ${id}`);
  return record;
};

export const touchOperation = (
  { rows }: Touched,
  operation: Bytes32,
  kind: OperationKind,
  record: number,
): void => rows.put("operations", operation, () => operationRow(operation, kind, record));

export const touchFund = ({ state, rows }: Touched, id: FundId): void => {
  const record = kept(state.funds, id);
  rows.put("funds", id, () => fundRow(record));
};

export const touchProgramme = ({ state, rows }: Touched, id: ProgrammeId): ProgrammeRecord => {
  const record = kept(state.programmes, id);
  rows.put("programmes", id, () => programmeRow(record));
  rows.put("totals", `${id} now`, () => totalsRow(record, "now", record.totals));
  return record;
};

export const touchPeriod = ({ state, rows }: Touched, id: ProgrammeId, period: PeriodNumber): void => {
  const record = kept(state.programmes, id);
  rows.put("periods", `${id} ${period}`, () => periodRow(record, kept(record.periods, period)));
};
