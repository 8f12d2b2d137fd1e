/** Recording one gift. Its number and its remark go to the vault; neither stands in an address or a title. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { FundView } from "../../../protocol/ports/views.ts";
import type { Entries, FormErrors, FormField, Reading } from "../../desk/form.ts";
import { minorUnits } from "../../desk/form.ts";
import { handIn } from "../../desk/hand-in.ts";
import { may, type DeskPage, type DeskPost, type DeskVisit } from "../../desk/visit.ts";
import { deskGiftPath } from "../../paths.ts";
import type { PageContent } from "../../visit.ts";
import { forbiddenPage } from "./forbidden.ts";
import { formPage } from "./form-page.ts";

const fieldsOf = (funds: readonly FundView[], visit: DeskVisit): readonly FormField[] => {
  const { desk, channels } = visit.words;
  const { gift: say } = desk;
  return [
    {
      name: "fund",
      label: say.fund,
      kind: "choice",
      choices: funds.map(({ code, name, currency }) => ({
        value: code,
        text: `${name[visit.language]} (${currency})`,
      })),
    },
    { name: "amount", label: say.amount, hint: say.amountHint, kind: "amount" },
    {
      name: "channel",
      label: say.channel,
      hint: say.channelHint,
      kind: "text",
      maxLength: 31,
      suggestions: Object.entries(channels).map(([value, text]) => ({ value, text })),
    },
    { name: "transactionNumber", label: say.number, hint: say.numberHint, kind: "text", maxLength: 128 },
    {
      name: "providerIssued",
      label: say.providerIssued,
      hint: say.providerIssuedHint,
      kind: "mark",
      isOptional: true,
    },
    { name: "occurredAt", label: say.day, hint: say.dayHint, kind: "day" },
    { name: "time", label: say.time, hint: say.timeHint, kind: "time", isOptional: true },
    {
      name: "remark",
      label: say.remark,
      hint: say.remarkHint,
      kind: "lines",
      maxLength: 2_000,
      isOptional: true,
    },
  ];
};

/** A browser leaves seconds out where they are 0. */
const momentOf = (day: string, time: string): string =>
  time === "" ? day : `${day}T${time.length === 5 ? `${time}:00` : time}+08:00`;

const reading =
  (funds: readonly FundView[], visit: DeskVisit) =>
  (entries: Entries): Reading => {
    const { desk: say } = visit.words;
    const fund = funds.find(({ code }) => code === entries["fund"]);
    const amount = minorUnits(entries["amount"] ?? "");
    const missing = ["channel", "transactionNumber", "occurredAt"].filter(
      (name) => (entries[name] ?? "").trim() === "",
    );
    const errors = {
      ...Object.fromEntries(missing.map((name) => [name, say.missing])),
      ...(fund === undefined ? { fund: say.missing } : {}),
      ...(amount === undefined ? { amount: say.amountWrong } : {}),
    };
    if (fund === undefined || amount === undefined || missing.length > 0) return { errors };
    const { channel = "", transactionNumber = "", occurredAt = "", time = "", remark = "" } = entries;
    const gift = {
      fund: fund.code,
      channel: channel.trim(),
      occurredAt: momentOf(occurredAt, time),
      transactionNumber: transactionNumber.trim(),
      amount,
      currency: fund.currency,
      providerIssued: entries["providerIssued"] === "yes",
      ...(remark.trim() === "" ? {} : { remark: remark.trim() }),
    };
    return { request: { path: "/v1/donations", body: { donations: [gift] } } };
  };

const page = (
  fields: readonly FormField[],
  visit: DeskVisit,
  entries: Entries,
  errors?: FormErrors,
  status?: number,
): PageContent =>
  formPage(visit.words.desk.gift, { path: deskGiftPath, id: "gift", fields, entries, errors }, visit, status);

/** Whoever records gifts does so for every programme. */
const fieldsFor = async (read: Read, visit: DeskVisit) => {
  const funds = await read.funds();
  return { funds, fields: fieldsOf(funds, visit) };
};

export const giftPage: DeskPage = async (read, visit) => {
  if (!may(visit, "recorder")) return forbiddenPage(visit, "recorder");
  const { fields } = await fieldsFor(read, visit);
  return page(fields, visit, { providerIssued: "yes" });
};

export const recordGift: DeskPost = async (read, posted) => {
  const { funds, fields } = await fieldsFor(read, posted);
  return handIn({
    posted,
    fields,
    read: reading(funds, posted),
    again: (entries, errors, status) => page(fields, posted, entries, errors, status),
  });
};
