/** Allocating the next money of a fund to a programme. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { FundView, ProgrammeView } from "../../../protocol/ports/views.ts";
import { minorUnits, type Entries, type FormErrors, type FormField, type Reading } from "../../desk/form.ts";
import { handIn } from "../../desk/hand-in.ts";
import { isOwn, may, type DeskPage, type DeskPost, type DeskVisit } from "../../desk/visit.ts";
import { money } from "../../format/money.ts";
import { deskAllocationPath } from "../../paths.ts";
import type { PageContent } from "../../visit.ts";
import { forbiddenPage } from "./forbidden.ts";
import { formPage } from "./form-page.ts";

interface Parties {
  readonly funds: readonly FundView[];
  readonly programmes: readonly ProgrammeView[];
}

const partiesOf = async (read: Read, visit: DeskVisit): Promise<Parties> => {
  const [funds, programmes] = await Promise.all([read.funds(), read.programmes()]);
  return { funds, programmes: programmes.filter(({ programme }) => isOwn(visit, programme)) };
};

const fieldsOf = ({ funds, programmes }: Parties, visit: DeskVisit): readonly FormField[] => {
  const { allocation: say } = visit.words.desk;
  const { language } = visit;
  return [
    {
      name: "programme",
      label: say.programme,
      kind: "choice",
      choices: programmes.map(({ code, name, shortfall, currency }) => ({
        value: code,
        text: shortfall > 0n ? say.lacking(name[language], money(shortfall, currency)) : name[language],
      })),
    },
    {
      name: "fund",
      label: say.fund,
      hint: say.fundHint,
      kind: "choice",
      choices: funds.map(({ code, name, partition, currency }) => ({
        value: code,
        text: say.holding(name[language], money(partition.unallocated, currency)),
      })),
    },
    { name: "amount", label: say.amount, hint: say.amountHint, kind: "amount" },
  ];
};

const reading =
  ({ programmes }: Parties, visit: DeskVisit) =>
  (entries: Entries): Reading => {
    const { desk: say } = visit.words;
    const programme = programmes.find(({ code }) => code === entries["programme"]);
    const { fund = "" } = entries;
    const amount = minorUnits(entries["amount"] ?? "");
    const errors = {
      ...(programme === undefined ? { programme: say.missing } : {}),
      ...(fund === "" ? { fund: say.missing } : {}),
      ...(amount === undefined ? { amount: say.amountWrong } : {}),
    };
    if (programme === undefined || fund === "" || amount === undefined) return { errors };
    return {
      request: {
        path: `/v1/programmes/${programme.code}/allocations`,
        body: { fund, amount, currency: programme.currency },
      },
    };
  };

const page = (
  fields: readonly FormField[],
  visit: DeskVisit,
  entries: Entries,
  errors?: FormErrors,
  status?: number,
): PageContent =>
  formPage(
    visit.words.desk.allocation,
    { path: deskAllocationPath, id: "allocation", fields, entries, errors },
    visit,
    status,
  );

export const allocationPage: DeskPage = async (read, visit) => {
  if (!may(visit, "treasurer")) return forbiddenPage(visit, "treasurer");
  const parties = await partiesOf(read, visit);
  return page(fieldsOf(parties, visit), visit, { programme: visit.query("programme") ?? "" });
};

export const allocate: DeskPost = async (read, posted) => {
  const parties = await partiesOf(read, posted);
  const fields = fieldsOf(parties, posted);
  return handIn({
    posted,
    fields,
    read: reading(parties, posted),
    again: (entries, errors, status) => page(fields, posted, entries, errors, status),
  });
};
