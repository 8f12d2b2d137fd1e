/** Which path is which page. Paths stand without their language; the same ones exist in every language. */
import { parseCode, type Code } from "../protocol/codes/code.ts";
import { periodNumber, type PeriodNumber } from "../protocol/ids.ts";
import type { Read } from "../protocol/ports/read.ts";
import type { ProgrammeView } from "../protocol/ports/views.ts";
import { aboutPage } from "./pages/about.ts";
import { auditPage } from "./pages/audit/page.ts";
import { batchPage } from "./pages/batch.ts";
import { claimPage } from "./pages/claim/page.ts";
import { certificatePage } from "./pages/donation/certificate.ts";
import { donationPage } from "./pages/donation/page.ts";
import { badCodePage, notFoundPage, unknownCodePage } from "./pages/error.ts";
import { findPage } from "./pages/find.ts";
import { fundPage } from "./pages/fund.ts";
import { homePage } from "./pages/home.ts";
import { insurerPage } from "./pages/insurer.ts";
import { periodPage } from "./pages/period/page.ts";
import { plansPage } from "./pages/plans.ts";
import { programmePage } from "./pages/programme/page.ts";
import { queuePage } from "./pages/queue.ts";
import { searchPage } from "./pages/search.ts";
import { verifyPage } from "./pages/verify.ts";
import { auditPath, certificatePath, insurerPath, pathOf, periodPath, queuePath } from "./paths.ts";
import { localPath, type PageAnswer, type Visit } from "./visit.ts";

export type PageMaker = (read: Read, visit: Visit) => Promise<PageAnswer> | PageAnswer;

const pageOfCode = (read: Read, visit: Visit, typed: string, code: Code): Promise<PageAnswer> => {
  switch (code.kind) {
    case "donation":
      return donationPage(read, visit, typed, code.batch, code.index);
    case "claim":
      return claimPage(read, visit, typed, code.claim);
    case "programme":
      return programmePage(read, visit, typed, code.programme);
    case "fund":
      return fundPage(read, visit, typed, code.fund);
    case "batch":
      return batchPage(read, visit, typed, code.batch);
  }
};

/**
 * The page of a code, whatever kind it is of. A code under another kind's path, or written in another way than its
 * own (lower case, grouped), is sent to its own address, so that every record has one.
 */
const codePage: PageMaker = (read, visit) => {
  const typed = visit.parameter("code");
  const parsed = parseCode(typed);
  if (!parsed.ok) return badCodePage(visit, typed);
  const path = pathOf(parsed.code);
  return path === visit.path
    ? pageOfCode(read, visit, typed, parsed.code)
    : { redirectTo: localPath(visit, path) };
};

/** Pages under a programme's: what they are about is found first, and they have one address too. */
const inProgramme =
  (
    pathFrom: (programme: ProgrammeView["programme"]) => string,
    page: (read: Read, visit: Visit, programme: ProgrammeView) => Promise<PageAnswer>,
  ): PageMaker =>
  async (read, visit) => {
    const typed = visit.parameter("code");
    const parsed = parseCode(typed);
    if (!parsed.ok || parsed.code.kind !== "programme") return badCodePage(visit, typed);
    const path = pathFrom(parsed.code.programme);
    if (path !== visit.path) return { redirectTo: localPath(visit, path) };
    const programme = await read.programme(parsed.code.programme);
    return programme === undefined ? unknownCodePage(visit, typed) : page(read, visit, programme);
  };

/** A number from 1 in its usual form; undefined for anything else. */
const ordinalIn = (visit: Visit, name: string): number | undefined => {
  const text = visit.parameter(name);
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
};

const periodIn = (visit: Visit): PeriodNumber | undefined => {
  const ordinal = ordinalIn(visit, "period");
  return ordinal === undefined ? undefined : periodNumber(ordinal);
};

/** Under a gift's own address, whichever way its code is written. */
const certificate: PageMaker = (read, visit) => {
  const typed = visit.parameter("code");
  const parsed = parseCode(typed);
  if (!parsed.ok || parsed.code.kind !== "donation") return badCodePage(visit, typed);
  const { batch, index } = parsed.code;
  const path = certificatePath(batch, index);
  return path === visit.path
    ? certificatePage(read, visit, typed, batch, index)
    : { redirectTo: localPath(visit, path) };
};

const inPeriod: PageMaker = (read, visit) => {
  const period = periodIn(visit);
  if (period === undefined) return notFoundPage(visit);
  return inProgramme(
    (programme) => periodPath(programme, period),
    (_read, _visit, programme) => periodPage(read, visit, programme, period),
  )(read, visit);
};

const ofInsurer: PageMaker = (read, visit) => {
  const [period, insurer] = [periodIn(visit), ordinalIn(visit, "insurer")];
  if (period === undefined || insurer === undefined) return notFoundPage(visit);
  return inProgramme(
    (programme) => insurerPath(programme, period, insurer),
    (_read, _visit, programme) => insurerPage(read, visit, programme, period, insurer),
  )(read, visit);
};

export const pages: readonly (readonly [path: string, maker: PageMaker])[] = [
  ["/", homePage],
  ["/d/:code", codePage],
  ["/d/:code/certificate", certificate],
  ["/c/:code", codePage],
  ["/p/:code", codePage],
  ["/p/:code/queue", inProgramme(queuePath, queuePage)],
  ["/p/:code/period/:period", inPeriod],
  ["/p/:code/period/:period/insurer/:insurer", ofInsurer],
  ["/f/:code", codePage],
  ["/b/:code", codePage],
  ["/search", searchPage],
  ["/find", (_read, visit) => findPage(visit)],
  [auditPath, auditPage],
  ["/about", (_read, visit) => aboutPage(visit)],
  ["/verify", (_read, visit) => verifyPage(visit)],
  ["/plans", (_read, visit) => plansPage(visit)],
];
