/** Which path is which page. Paths stand without their language; the same ones exist in every language. */
import { parseCode } from "../protocol/codes/code.ts";
import type { Read } from "../protocol/ports/read.ts";
import { aboutPage } from "./pages/about.ts";
import { batchPage } from "./pages/batch.ts";
import { claimPage } from "./pages/claim.ts";
import { donationPage } from "./pages/donation/page.ts";
import { badCodePage } from "./pages/error.ts";
import { findPage } from "./pages/find.ts";
import { fundPage } from "./pages/fund.ts";
import { homePage } from "./pages/home.ts";
import { plansPage } from "./pages/plans.ts";
import { programmePage } from "./pages/programme/page.ts";
import { searchPage } from "./pages/search.ts";
import { pathOf } from "./paths.ts";
import { localPath, type PageAnswer, type Visit } from "./visit.ts";

export type PageMaker = (read: Read, visit: Visit) => Promise<PageAnswer> | PageAnswer;

/**
 * The page of a code, whatever kind it is of. A code under another kind's path, or written in another way than its
 * own (lower case, grouped), is sent to its own address, so that every record has one.
 */
const codePage: PageMaker = (read, visit) => {
  const typed = visit.parameter("code");
  const parsed = parseCode(typed);
  if (!parsed.ok) return badCodePage(visit, typed);
  const { code } = parsed;
  const path = pathOf(code);
  if (path !== visit.path) return { redirectTo: localPath(visit, path) };
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

export const pages: readonly (readonly [path: string, maker: PageMaker])[] = [
  ["/", homePage],
  ["/d/:code", codePage],
  ["/c/:code", codePage],
  ["/p/:code", codePage],
  ["/f/:code", codePage],
  ["/b/:code", codePage],
  ["/search", searchPage],
  ["/find", (_read, visit) => findPage(visit)],
  ["/about", (_read, visit) => aboutPage(visit)],
  ["/plans", (_read, visit) => plansPage(visit)],
];
