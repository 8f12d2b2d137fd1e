/** From a row to a gift, or to everything that is wrong with it. Nothing is rounded, trimmed into shape or guessed. */
import { InvalidAmount, parseAmount, type Fen } from "../../protocol/amounts.ts";
import { InvalidDay, InvalidMoment, parseOccurredAt } from "../../protocol/calendar.ts";
import { InvalidPayload, transactionNumberOf } from "../../protocol/donations/commitment.ts";
import type { Cells } from "./header.ts";
import type { DateFormat, Profile } from "./profile.ts";
import type { Gift } from "./target.ts";

/** The API's limit on free text. */
export const maxRemarkCharacters = 2_000;
/** Joins the columns of a reference; a cell may not hold it, or two references could look alike. */
const referenceSeparator = "#";

/** What spreadsheets make of a long number: its last digits are gone, and with them the payment it names. */
const roundedNumber = /^\d([.,]\d+)?E\+\d+$/i;

export interface RowFault {
  readonly column: string;
  readonly reason: string;
}

export type ReadRow = { readonly gift: Gift } | { readonly faults: readonly RowFault[] };

type Field<Value> = { readonly value: Value } | { readonly fault: RowFault };

export const readRow = (profile: Profile, cells: Cells): ReadRow => {
  const fields = {
    amount: readAmount(profile, cells),
    occurredAt: readOccurredAt(profile, cells),
    reference: readReference(profile, cells),
    channel: readChannel(profile, cells),
    fund: readFund(profile, cells),
    remark: readRemark(profile, cells),
  };
  const { amount, occurredAt, reference, channel, fund, remark } = fields;
  if (
    "value" in amount &&
    "value" in occurredAt &&
    "value" in reference &&
    "value" in channel &&
    "value" in fund &&
    "value" in remark
  ) {
    const gift = {
      fund: fund.value,
      channel: channel.value,
      occurredAt: occurredAt.value,
      ...reference.value,
      amount: amount.value,
      currency: profile.currency,
      ...(remark.value === "" ? {} : { remark: remark.value }),
    };
    return { gift };
  }
  return { faults: Object.values(fields).flatMap((field) => ("fault" in field ? [field.fault] : [])) };
};

/** The source that a row belongs to; undefined where the file is its own source. */
export const sourceOf = ({ source }: Profile, cells: Cells): string | undefined =>
  source === undefined ? undefined : cells(source.column);

/** Whether the profile leaves out rows of this source. */
export const isLeftOut = ({ source }: Profile, name: string | undefined): boolean =>
  name !== undefined &&
  ((source?.include !== undefined && !source.include.includes(name)) ||
    (source?.exclude?.includes(name) ?? false));

const refused = (column: string, reason: string): { readonly fault: RowFault } => ({
  fault: { column, reason },
});

const readAmount = ({ columns }: Profile, cells: Cells): Field<Fen> => {
  try {
    const value = parseAmount(cells(columns.amount));
    return value === 0n ? refused(columns.amount, "is zero; a gift is at least 0.01") : { value };
  } catch (error) {
    if (error instanceof InvalidAmount) return refused(columns.amount, error.reason);
    throw error;
  }
};

/** The text in the form of the API, where it has the shape that the profile names. */
const occurredAtOf = (text: string, format: DateFormat): string | undefined => {
  switch (format) {
    case "YYYY-MM-DD":
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case "YYYYMMDD":
      return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : undefined;
    case "YYYY/MM/DD":
      return /^\d{4}\/\d{2}\/\d{2}$/.test(text) ? text.replaceAll("/", "-") : undefined;
    case "YYYY-MM-DD HH:mm:ss":
      return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)
        ? `${text.replace(" ", "T")}+08:00`
        : undefined;
    case "YYYY-MM-DDTHH:mm:ss+08:00":
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/.test(text) ? text : undefined;
  }
};

const readOccurredAt = ({ columns }: Profile, cells: Cells): Field<string> => {
  const { column, format } = columns.occurredAt;
  const text = occurredAtOf(cells(column), format);
  if (text === undefined) return refused(column, `is not written as ${format}`);
  try {
    return { value: parseOccurredAt(text).text };
  } catch (error) {
    if (error instanceof InvalidDay) return refused(column, "is no real day from 1970 on");
    if (error instanceof InvalidMoment) return refused(column, error.reason);
    throw error;
  }
};

const readReference = (
  { columns }: Profile,
  cells: Cells,
): Field<{ readonly transactionNumber: string; readonly providerIssued: boolean }> => {
  const { transactionNumber: column, reference } = columns;
  if (column !== undefined && (reference === undefined || cells(column).trim() !== "")) {
    if (roundedNumber.test(cells(column).trim())) {
      return refused(column, "was rounded by a spreadsheet; export the column as text");
    }
    return readNumber(column, cells(column), true);
  }
  const parts = reference ?? [];
  for (const part of parts) {
    if (cells(part).trim() === "") return refused(part, "is empty, and it is part of the reference");
    if (cells(part).includes(referenceSeparator)) {
      return refused(part, `holds ${referenceSeparator}, which joins the columns of the reference`);
    }
  }
  return readNumber(
    parts.join(" + "),
    parts.map((part) => cells(part).trim()).join(referenceSeparator),
    false,
  );
};

const readNumber = (
  column: string,
  text: string,
  providerIssued: boolean,
): Field<{ readonly transactionNumber: string; readonly providerIssued: boolean }> => {
  try {
    return { value: { transactionNumber: transactionNumberOf(text), providerIssued } };
  } catch (error) {
    if (error instanceof InvalidPayload) return refused(column, error.reason);
    throw error;
  }
};

const readChannel = ({ channel }: Profile, cells: Cells): Field<string> => {
  if ("id" in channel) return { value: channel.id };
  const text = cells(channel.column);
  const value = Object.hasOwn(channel.values, text) ? channel.values[text] : undefined;
  if (value === undefined) return refused(channel.column, "is none of the values that channel.values maps");
  return { value };
};

const readFund = ({ funds }: Profile, cells: Cells): Field<string> => {
  const { column = "", exact = {}, contains = [], default: otherwise } = funds;
  const purpose = column === "" ? "" : cells(column);
  const named = Object.hasOwn(exact, purpose) ? exact[purpose] : undefined;
  if (named !== undefined) return { value: named };
  const found = new Set(contains.filter(({ text }) => purpose.includes(text)).map(({ fund }) => fund));
  const [first] = found;
  if (found.size > 1) {
    return refused(
      column,
      `contains texts of ${found.size} funds (${[...found].join(", ")}); name it in funds.exact`,
    );
  }
  const fund = first ?? otherwise;
  if (fund === undefined)
    return refused(column, "is a purpose that no fund is mapped to, and there is no default");
  return { value: fund };
};

const readRemark = ({ columns }: Profile, cells: Cells): Field<string> => {
  const texts = (columns.freeText ?? []).map((column) => cells(column).trim()).filter((text) => text !== "");
  const value = texts.join(" / ");
  if (value.length <= maxRemarkCharacters) return { value };
  return refused((columns.freeText ?? []).join(" + "), `is longer than ${maxRemarkCharacters} characters`);
};
