/** An import profile: how one kind of file is read. It names columns and funds, never a row. */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import { InvalidAmount, parseAmount } from "../../protocol/amounts.ts";
import { parseCode } from "../../protocol/codes/code.ts";

const closed = { additionalProperties: false } as const;
const Column = Type.String({ minLength: 1, maxLength: 200 });
const Values = Type.Array(Type.String({ maxLength: 500 }), { minItems: 1, maxItems: 10_000 });

export const dateFormats = [
  "YYYY-MM-DD",
  "YYYYMMDD",
  "YYYY/MM/DD",
  "YYYY-MM-DD HH:mm:ss",
  "YYYY-MM-DDTHH:mm:ss+08:00",
] as const;
export type DateFormat = (typeof dateFormats)[number];

const ControlTotal = Type.Object(
  {
    rows: Type.Optional(Type.Integer({ minimum: 0 })),
    /** In yuan, such as 38422322.24. */
    amount: Type.Optional(Type.String()),
  },
  closed,
);

export const ControlTotalsSchema = Type.Object(
  {
    /** By the value of the source column. */
    sources: Type.Optional(Type.Record(Type.String(), ControlTotal)),
    all: Type.Optional(ControlTotal),
  },
  closed,
);
export type ControlTotals = Static<typeof ControlTotalsSchema>;

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
    currency: Type.Literal("CNY"),
    columns: Type.Object(
      {
        /** In yuan, of at most two decimals. */
        amount: Column,
        occurredAt: Type.Object({ column: Column, format: Type.Enum([...dateFormats]) }, closed),
        /** The provider's own number of the payment. */
        transactionNumber: Type.Optional(Column),
        /** Columns that together tell one gift from every other where there is no transaction number. */
        reference: Type.Optional(Type.Array(Column, { minItems: 1, maxItems: 8 })),
        /** Free text for the vault. */
        freeText: Type.Optional(Type.Array(Column, { minItems: 1, maxItems: 8 })),
      },
      closed,
    ),
    channel: Type.Union([
      Type.Object({ id: Type.String() }, closed),
      Type.Object({ column: Column, values: Type.Record(Type.String(), Type.String()) }, closed),
    ]),
    /** Where several source files stand in one: which of them count. */
    source: Type.Optional(
      Type.Object({ column: Column, include: Type.Optional(Values), exclude: Type.Optional(Values) }, closed),
    ),
    funds: Type.Object(
      {
        /** The purpose of the gift. */
        column: Type.Optional(Column),
        exact: Type.Optional(Type.Record(Type.String(), Type.String())),
        contains: Type.Optional(
          Type.Array(Type.Object({ text: Type.String({ minLength: 1 }), fund: Type.String() }, closed), {
            maxItems: 1_000,
          }),
        ),
        /** For rows without a purpose and for purposes that nothing else names; without it such a row is refused. */
        default: Type.Optional(Type.String()),
      },
      closed,
    ),
    totals: Type.Optional(ControlTotalsSchema),
  },
  closed,
);

export type Profile = Static<typeof ProfileSchema>;

/** All that is wrong with a profile or a file of control totals, in one error. */
export class InvalidProfile extends Error {
  readonly faults: readonly string[];
  constructor(what: string, faults: readonly string[]) {
    super(
      `${what}: ${faults.length} fault${faults.length === 1 ? "" : "s"}\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
    this.name = "InvalidProfile";
    this.faults = faults;
  }
}

const parseJson = (what: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidProfile(what, [error instanceof Error ? error.message : String(error)]);
  }
};

const schemaFaults = (schema: Type.TSchema, value: unknown): readonly string[] => {
  const faults = Value.Errors(schema, value)
    // What may not be there is told by its parent, with its name.
    .filter(({ keyword }) => keyword !== "boolean")
    .map((error) => {
      const path = error.instancePath.slice(1).replaceAll("/", ".");
      const names =
        error.keyword === "additionalProperties" ? `: ${error.params.additionalProperties.join(", ")}` : "";
      return `${path === "" ? "(whole file)" : path} ${error.message}${names}`;
    });
  return [...new Set(faults)];
};

/** Reads a profile. Throws {@link InvalidProfile} with every fault. */
export const readProfile = (text: string): Profile => {
  const value = parseJson("profile", text);
  if (!Value.Check(ProfileSchema, value))
    throw new InvalidProfile("profile", schemaFaults(ProfileSchema, value));
  const faults = [
    ...referenceFaults(value),
    ...fundFaults(value),
    ...channelFaults(value),
    ...totalFaults(value.totals),
  ];
  if (faults.length > 0) throw new InvalidProfile("profile", faults);
  return value;
};

/** Reads control totals of their own file, which stand in for those of the profile. Throws {@link InvalidProfile}. */
export const readControlTotals = (text: string): ControlTotals => {
  const value = parseJson("control totals", text);
  if (!Value.Check(ControlTotalsSchema, value)) {
    throw new InvalidProfile("control totals", schemaFaults(ControlTotalsSchema, value));
  }
  const faults = totalFaults(value);
  if (faults.length > 0) throw new InvalidProfile("control totals", faults);
  return value;
};

const referenceFaults = ({ columns, source }: Profile): readonly string[] => [
  ...(columns.transactionNumber === undefined && columns.reference === undefined
    ? ["columns needs transactionNumber, reference or both: what tells one gift from every other"]
    : []),
  ...(source?.include !== undefined && source.exclude !== undefined
    ? ["source has include and exclude; keep one of them"]
    : []),
];

/** Every fund code of the profile with the place it stands at. */
const fundCodes = ({ funds }: Profile): readonly (readonly [string, string])[] => [
  ...Object.entries(funds.exact ?? {}).map(([purpose, code]) => [`funds.exact.${purpose}`, code] as const),
  ...(funds.contains ?? []).map(({ fund }, index) => [`funds.contains.${index}.fund`, fund] as const),
  ...(funds.default === undefined ? [] : [["funds.default", funds.default] as const]),
];

const fundFaults = (profile: Profile): readonly string[] => {
  const codes = fundCodes(profile);
  const mapped = profile.funds.exact !== undefined || profile.funds.contains !== undefined;
  return [
    ...(codes.length === 0 ? ["funds names no fund; give default, or a column with exact or contains"] : []),
    ...(mapped && profile.funds.column === undefined
      ? ["funds.column is missing; exact and contains need the column of the purpose"]
      : []),
    ...codes
      .filter(([, code]) => {
        const parsed = parseCode(code);
        return !parsed.ok || parsed.code.kind !== "fund";
      })
      .map(([path, code]) => `${path} ${JSON.stringify(code)} is not the code of a fund, such as F01N`),
  ];
};

const channelFaults = ({ channel }: Profile): readonly string[] => {
  const ids =
    "id" in channel
      ? [["channel.id", channel.id] as const]
      : Object.entries(channel.values).map(([value, id]) => [`channel.values.${value}`, id] as const);
  return ids
    .filter(([, id]) => !/^[a-z0-9-]{1,31}$/.test(id))
    .map(([path]) => `${path} must be 1 to 31 characters of a-z, 0-9 and -`);
};

const totalFaults = (totals: ControlTotals | undefined): readonly string[] =>
  [
    ...Object.entries(totals?.sources ?? {}).map(
      ([name, { amount }]) => [`totals.sources.${name}`, amount] as const,
    ),
    ["totals.all", totals?.all?.amount] as const,
  ].flatMap(([path, amount]) => {
    if (amount === undefined) return [];
    try {
      parseAmount(amount);
      return [];
    } catch (error) {
      if (!(error instanceof InvalidAmount)) throw error;
      return [`${path}.amount ${error.reason}`];
    }
  });
