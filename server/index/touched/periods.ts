/** Rows of events about policy periods, who insures them and who is insured. */
import type {
  InsurersDeclared,
  PeriodClosed,
  PeriodDeclared,
  RosterAppended,
} from "../../../protocol/ledger/events.ts";
import { closeRow, insurersRow, rosterRow } from "../codecs/periods.ts";
import { totalsRow } from "../codecs/programmes.ts";
import { kept, touchOperation, touchPeriod, touchProgramme } from "./records.ts";
import type { Touched } from "./records.ts";

export const touchDeclaredPeriod = (touched: Touched, { programme, period }: PeriodDeclared): void =>
  touchPeriod(touched, programme, period);

export const touchClosedPeriod = (touched: Touched, { programme: id, period }: PeriodClosed): void => {
  const record = touchProgramme(touched, id);
  const closed = kept(record.closed, period);
  touched.rows.put("totals", `${id} start`, () => totalsRow(record, "periodStart", record.atPeriodStart));
  touched.rows.put("closes", `${id} ${period}`, () => closeRow(record, period, closed));
};

export const touchInsurers = (touched: Touched, event: InsurersDeclared): void => {
  const programme = kept(touched.state.programmes, event.programme);
  const period = kept(programme.periods, event.policyPeriod);
  const { insurers } = period;
  if (insurers === undefined) throw new RangeError("the books have no insurers of the period");
  const key = `${event.programme} ${event.policyPeriod}`;
  touched.rows.put("insurers", key, () => insurersRow(programme, period, insurers));
};

export const touchRoster = (touched: Touched, { roster, operation }: RosterAppended): void => {
  const record = kept(touched.state.rosters, roster);
  touchOperation(touched, operation, "roster", roster);
  touched.rows.put("rosters", roster, () => rosterRow(record));
};
