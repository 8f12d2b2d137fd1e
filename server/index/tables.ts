/**
 * The tables of the index, declared once: their columns give the types of the rows, the statements that create them
 * and the statements that write them. Two parts: blocks and raw logs are kept as the chain gave them; everything
 * else is derived from the logs and dropped when `derivedVersion` changes.
 */

/** Raise it when a derived table or what is written to it changes: the derived tables are then rebuilt. */
export const derivedVersion = 1;
/** Raise it when the raw tables change: the index is then read from the chain anew. */
export const rawVersion = 1;

/**
 * `amount` is an amount or a position: 29 decimal digits, so that text sorts as the number does in every database.
 * `bytes` is a hash or other bytes. A `?` allows null.
 */
export type ColumnKind = "integer" | "text" | "amount" | "bytes" | "amount?";

export interface Table {
  readonly columns: Readonly<Record<string, ColumnKind>>;
  readonly key: readonly string[];
  readonly indexes: readonly (readonly string[])[];
}

/** Where in the chain the record's event stands. */
const place = {
  block_number: "integer",
  log_index: "integer",
  block_time: "integer",
  transaction_hash: "bytes",
} as const;

const rawTables = {
  blocks: {
    columns: { number: "integer", hash: "bytes", parent_hash: "bytes", time: "integer" },
    key: ["number"],
    indexes: [],
  },
  logs: {
    columns: {
      block_number: "integer",
      log_index: "integer",
      transaction_hash: "bytes",
      topics: "bytes",
      data: "bytes",
    },
    key: ["block_number", "log_index"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;

const accessTables = {
  /** One row: whether the ledger is paused, and its last event. */
  ledger: { columns: { id: "integer", paused: "integer", ...place }, key: ["id"], indexes: [] },
  actors: { columns: { actor: "integer", account: "bytes" }, key: ["actor"], indexes: [] },
  roles: { columns: { role: "bytes", account: "bytes" }, key: ["role", "account"], indexes: [] },
  channels: { columns: { position: "integer", channel: "text" }, key: ["position"], indexes: [] },
  /** Which record an operation id of the ledger became. */
  operations: {
    columns: { operation: "bytes", kind: "text", record: "integer" },
    key: ["operation"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;

const fundTables = {
  funds: {
    columns: {
      fund: "integer",
      currency: "text",
      claims_share_bps: "integer",
      restricted_to: "integer",
      fallback_to: "integer",
      document: "bytes",
      donated: "amount",
      allocated: "amount",
      claims_allocated: "amount",
      donations: "integer",
      batches: "integer",
      ...place,
    },
    key: ["fund"],
    indexes: [],
  },
  batches: {
    columns: {
      batch: "integer",
      fund: "integer",
      channel: "text",
      day: "integer",
      starts_at: "amount",
      ends_at: "amount",
      count: "integer",
      sum: "amount",
      root: "bytes",
      recorder: "integer",
      operation: "bytes",
      ...place,
      // Last, so that reading the others does not touch its pages.
      leaves: "bytes",
    },
    key: ["batch"],
    indexes: [
      ["fund", "ends_at"],
      ["fund", "batch"],
      ["fund", "channel"],
    ],
  },
  /** From the first 48 bits of a donation's commitment to the batches that may hold it. */
  commitments: { columns: { prefix: "integer", batch: "integer" }, key: ["prefix", "batch"], indexes: [] },
} as const satisfies Record<string, Table>;

const programmeTables = {
  programmes: {
    columns: {
      programme: "integer",
      kind: "text",
      currency: "text",
      region: "integer",
      document: "bytes",
      claims_filed: "integer",
      claims_approved: "integer",
      queue_paid: "integer",
      ...place,
    },
    key: ["programme"],
    indexes: [],
  },
  /** Running totals: `now`, and as they were when the current period began (`periodStart`). */
  totals: {
    columns: {
      programme: "integer",
      moment: "text",
      reserve_in: "amount",
      reserve_spent: "amount",
      operations_in: "amount",
      expenses: "amount",
      approved_unpaid: "amount",
      filed_undecided: "amount",
      claims_paid: "integer",
    },
    key: ["programme", "moment"],
    indexes: [],
  },
  contributions: {
    columns: { programme: "integer", fund: "integer", allocated: "amount", claims_amount: "amount" },
    key: ["programme", "fund"],
    indexes: [],
  },
  periods: {
    columns: {
      programme: "integer",
      period: "integer",
      start: "integer",
      end: "integer",
      filing_deadline: "integer",
      cover: "amount",
      terms: "bytes",
      ...place,
    },
    key: ["programme", "period"],
    indexes: [],
  },
  closes: {
    columns: {
      programme: "integer",
      period: "integer",
      opening: "amount",
      allocated: "amount",
      moved_in: "amount",
      moved_out: "amount",
      recovered: "amount",
      paid: "amount",
      closing: "amount",
      approved_unpaid: "amount",
      filed_undecided: "amount",
      operations_in: "amount",
      expenses: "amount",
      claims_paid: "integer",
      ...place,
    },
    key: ["programme", "period"],
    indexes: [],
  },
} as const satisfies Record<string, Table>;

/** An interval's end is null where the interval is empty, so that a range query never meets it. */
const lineTables = {
  allocations: {
    columns: {
      allocation: "integer",
      fund: "integer",
      programme: "integer",
      fund_start: "amount",
      fund_end: "amount",
      amount: "amount",
      reserve_start: "amount",
      reserve_end: "amount?",
      claims_amount: "amount",
      operations_start: "amount",
      period: "integer",
      treasurer: "integer",
      ...place,
    },
    key: ["allocation"],
    indexes: [
      ["fund", "fund_end"],
      ["programme", "reserve_end"],
      ["fund", "allocation"],
      ["programme", "allocation"],
    ],
  },
  expenses: {
    columns: {
      expense: "integer",
      programme: "integer",
      operations_start: "amount",
      operations_end: "amount",
      amount: "amount",
      kind: "text",
      period: "integer",
      evidence: "bytes",
      treasurer: "integer",
      ...place,
    },
    key: ["expense"],
    indexes: [
      ["programme", "operations_end"],
      ["programme", "expense"],
    ],
  },
  payouts: {
    columns: {
      payout: "integer",
      claim: "integer",
      programme: "integer",
      period: "integer",
      reserve_start: "amount",
      reserve_end: "amount",
      amount: "amount",
      payment_reference: "bytes",
      payer: "integer",
      ...place,
    },
    key: ["payout"],
    indexes: [["programme", "reserve_end"], ["claim"]],
  },
} as const satisfies Record<string, Table>;

const claimTables = {
  claims: {
    columns: {
      claim: "integer",
      programme: "integer",
      state: "text",
      policy_period: "integer",
      person: "bytes",
      incident_from: "integer",
      to_the_minute: "integer",
      requested: "amount",
      benefit: "text",
      evidence: "bytes",
      filer: "integer",
      ...place,
    },
    key: ["claim"],
    indexes: [
      ["programme", "state", "claim"],
      ["programme", "claim"],
      ["state", "claim"],
    ],
  },
  approvals: {
    columns: {
      claim: "integer",
      programme: "integer",
      queue_number: "integer",
      /** 1 while the claim is approved and unpaid. */
      waiting: "integer",
      amount: "amount",
      remaining: "amount",
      adjudicator: "integer",
      ...place,
    },
    key: ["claim"],
    indexes: [["programme", "waiting", "queue_number"]],
  },
} as const satisfies Record<string, Table>;

export const derivedTables = {
  ...accessTables,
  ...fundTables,
  ...programmeTables,
  ...lineTables,
  ...claimTables,
} as const;

export const tables = {
  /** What the index is made from, by name. */
  meta: { columns: { name: "text", value: "text" }, key: ["name"], indexes: [] },
  ...rawTables,
  ...derivedTables,
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export type DerivedTableName = keyof typeof derivedTables;

interface KindTypes {
  integer: number;
  text: string;
  amount: string;
  bytes: Uint8Array;
  "amount?": string | null;
}

export type RowOf<Name extends TableName> = {
  -readonly [
    Column in keyof (typeof tables)[Name]["columns"]
  ]: (typeof tables)[Name]["columns"][Column] extends infer Kind extends ColumnKind ? KindTypes[Kind] : never;
};

/** The schema as Kysely knows it. */
export type Schema = { [Name in TableName]: RowOf<Name> };

export const isDerived = (name: TableName): name is DerivedTableName => Object.hasOwn(derivedTables, name);

export const isTableName = (name: string): name is TableName => Object.hasOwn(tables, name);

/** Every table's name. */
export const tableNames: readonly TableName[] = Object.keys(tables).filter(isTableName);
