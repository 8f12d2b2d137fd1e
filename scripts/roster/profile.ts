/** A roster profile: which columns of a file are read. It names columns, never a row. */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { InvalidProfile } from "../import/profile.ts";

const closed = { additionalProperties: false } as const;
const Column = Type.String({ minLength: 1, maxLength: 200 });

export const dayFormats = ["YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD"] as const;
export const minuteFormats = [
  "YYYY-MM-DD HH:mm",
  "YYYY-MM-DD HH:mm:ss",
  "YYYY-MM-DDTHH:mm:ss+08:00",
] as const;
export type DayFormat = (typeof dayFormats)[number];
export type MinuteFormat = (typeof minuteFormats)[number];

const MinuteColumn = Type.Object({ column: Column, format: Type.Enum([...minuteFormats]) }, closed);
const FirstDayColumn = Type.Object({ column: Column, format: Type.Enum([...dayFormats]) }, closed);
const LastDayColumn = Type.Object(
  {
    column: Column,
    format: Type.Enum([...dayFormats]),
    /** Whether the day named is the last one insured, or the first one that is not. */
    insured: Type.Boolean(),
  },
  closed,
);

const ProfileSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    file: Type.Object(
      {
        encoding: Type.Union([Type.Literal("utf-8"), Type.Literal("gb18030")]),
        delimiter: Type.String({ pattern: '^[^"\\r\\n]$' }),
      },
      closed,
    ),
    columns: Type.Object(
      {
        idNumber: Column,
        /** Without it every row has the validity of --from and --to. */
        validity: Type.Optional(
          Type.Object(
            {
              from: Type.Union([MinuteColumn, FirstDayColumn]),
              to: Type.Union([MinuteColumn, LastDayColumn]),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
  },
  closed,
);

export type RosterProfile = Static<typeof ProfileSchema>;
export type ValidityColumns = NonNullable<RosterProfile["columns"]["validity"]>;

const faultPaths = (value: unknown): readonly string[] => [
  ...new Set(
    Value.Errors(ProfileSchema, value).map(
      ({ instancePath, message }) =>
        `${instancePath === "" ? "(whole file)" : instancePath.slice(1).replaceAll("/", ".")} ${message}`,
    ),
  ),
];

/** Reads a profile. Throws {@link InvalidProfile}; what stands in the file is not repeated, it may be the wrong one. */
export const readRosterProfile = (text: string): RosterProfile => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidProfile("profile", ["is not JSON"]);
  }
  if (!Value.Check(ProfileSchema, value)) throw new InvalidProfile("profile", faultPaths(value));
  return value;
};

/** The columns that a file needs. */
export const columnsOf = ({ columns }: RosterProfile): readonly string[] => [
  ...new Set([
    columns.idNumber,
    ...(columns.validity === undefined ? [] : [columns.validity.from.column, columns.validity.to.column]),
  ]),
];
