/** How the demonstration begins: programmes, funds, periods, rosters, insurers, and the first year's close. */
import { programmeId } from "../../../protocol/ids.ts";
import { counties } from "./counties.ts";
import {
  aidPeriods,
  aidProgrammeRequest,
  appealFundRequest,
  generalFundRequest,
  insurersRequest,
  periodsOf,
  programmeOf,
} from "./documents.ts";
import { enrolments } from "./insured.ts";
import type { Act, Entry } from "./steps.ts";
import { appeal, at, closing, opening } from "./timetable.ts";

export const beginnings = (step: (act: Act) => void): readonly Entry[] => {
  const entry = (moment: number, acts: readonly Act[]): Entry => ({
    at: moment,
    write: () => {
      for (const act of acts) step(act);
    },
  });
  const programmes = counties.map((_, index) => index + 1);
  return [
    entry(
      at(opening, 9),
      counties.map((county) => ({ verb: "openProgramme", request: programmeOf(county) })),
    ),
    entry(at(opening, 10), [
      { verb: "openFund", request: generalFundRequest },
      ...programmes.flatMap(periodsOf).map((request) => ({ verb: "declarePeriod", request }) as const),
    ]),
    ...enrolments().map(({ at: moment, rosters }) =>
      entry(
        moment,
        rosters.map((request) => ({ verb: "appendRoster", request })),
      ),
    ),
    entry(at(20181220, 9), [{ verb: "openProgramme", request: aidProgrammeRequest }]),
    entry(at(20181220, 10), [
      ...aidPeriods.map((request) => ({ verb: "declarePeriod", request }) as const),
      { verb: "declareInsurers", request: insurersRequest },
    ]),
    entry(
      closing,
      programmes.map((programme) => ({ verb: "closePeriods", programme: programmeId(programme) })),
    ),
    entry(appeal.opened, [{ verb: "openFund", request: appealFundRequest }]),
  ];
};
