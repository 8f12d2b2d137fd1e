/** What every endpoint that sends an export is made of. */
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { Read } from "../../../protocol/ports/read.ts";
import type { Head } from "../../../protocol/ports/views.ts";
import { codeOf } from "../../codes.ts";
import type { ExportedProgramme } from "../../exports/claim-tables.ts";
import type { BlockRange, OpenedExport } from "../../exports/export.ts";
import type { ExportedFund } from "../../exports/fund-tables.ts";
import { ProblemError } from "../../problems.ts";
import { closed } from "../../schemas/common.ts";
import { problems } from "../endpoint.ts";

const blockNumber = { type: "string", pattern: "^(0|[1-9][0-9]{0,14})$" } as const;

const range = {
  fromBlock: Type.Optional(
    Type.Unsafe<string>({ ...blockNumber, description: "The first block; 0 unless given." }),
  ),
  toBlock: Type.Optional(
    Type.Unsafe<string>({
      ...blockNumber,
      description:
        "The last block, itself included; the newest unless given. The same blocks give the same bytes.",
    }),
  ),
};
const format = Type.Optional(
  Type.Union([Type.Literal("csv"), Type.Literal("ndjson")], {
    description: "csv unless given; ndjson: the same cells, one JSON object a line.",
  }),
);

export const RangeQuery = Type.Object(range, closed);
export const TableQuery = Type.Object({ ...range, format }, closed);
/** Of a table that is true of the newest block only. */
export const NewestTableQuery = Type.Object({ format }, closed);

/** What an endpoint answers that sends a table. */
export const tableResponses = {
  200: {
    content: {
      "text/csv": { schema: Type.String() },
      "application/x-ndjson": { schema: Type.String() },
    },
  },
  ...problems,
} as const;

/** The blocks up to the one that an answer is true of. */
export const upToHead = ({ blockNumber, blockHash, blockTime }: Head): BlockRange => ({
  fromBlock: 0,
  to: { number: blockNumber, hash: blockHash, time: blockTime },
});

export const rangeOf = (query: {
  readonly fromBlock?: string;
  readonly toBlock?: string;
}): readonly [fromBlock: number, toBlock: number | undefined] => [
  Number(query.fromBlock ?? 0),
  query.toBlock === undefined ? undefined : Number(query.toBlock),
];

const contentTypes = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;

/** Nothing of the file, for who asked for the headers only: the framework would read it to its end and throw it away. */
const nothingOf = ({ stream }: OpenedExport): Readable => {
  stream.destroy();
  return Readable.from([]);
};

/** Sends the file as a download; what its head says stands in the headers too. */
export const sendExport = (reply: FastifyReply, name: string, opened: OpenedExport): FastifyReply => {
  const { header, format } = opened;
  const stream = reply.request.method === "HEAD" ? nothingOf(opened) : opened.stream;
  return reply
    .type(`${contentTypes[format]}; charset=utf-8`)
    .header(
      "content-disposition",
      `attachment; filename="everyfen-${name}-${header.fromBlock}-${header.toBlock}.${format}"`,
    )
    .header("everyfen-blocks", `${header.fromBlock}-${header.toBlock}`)
    .header("everyfen-block-hash", header.toBlockHash)
    .header("everyfen-row-count", String(header.rowCount))
    .header("everyfen-digest", `sha256=${header.digest}`)
    .header("everyfen-seal", `sha256=${header.seal}`)
    .send(stream);
};

/** The fund of a code; 404 where there is none. */
export const exportedFund = async (read: Read, text: string): Promise<ExportedFund> => {
  const fund = await read.fund(codeOf("fund", text).fund);
  if (fund === undefined) throw new ProblemError("not-found", `no fund ${text}`);
  return fund;
};

/** The programme of a code; 404 where there is none. */
export const exportedProgramme = async (read: Read, text: string): Promise<ExportedProgramme> => {
  const programme = await read.programme(codeOf("programme", text).programme);
  if (programme === undefined) throw new ProblemError("not-found", `no programme ${text}`);
  return programme;
};
