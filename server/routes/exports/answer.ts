/** What every endpoint that sends an export is made of. */
import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { OpenedExport } from "../../exports/export.ts";
import { closed } from "../../schemas/common.ts";

const BlockNumber = Type.String({ pattern: "^(0|[1-9][0-9]{0,14})$" });

export const FromBlock = Type.Optional(
  Type.Unsafe<string>({ ...BlockNumber, description: "The first block; 0 unless given." }),
);
export const ToBlock = Type.Optional(
  Type.Unsafe<string>({
    ...BlockNumber,
    description:
      "The last block, itself included; the newest unless given. The same blocks give the same bytes.",
  }),
);
export const RangeQuery = Type.Object({ fromBlock: FromBlock, toBlock: ToBlock }, closed);

export const rangeOf = (query: {
  readonly fromBlock?: string;
  readonly toBlock?: string;
}): readonly [fromBlock: number, toBlock: number | undefined] => [
  Number(query.fromBlock ?? 0),
  query.toBlock === undefined ? undefined : Number(query.toBlock),
];

export const contentTypes = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;

/** Sends the file as a download; what its head says stands in the headers too. */
export const sendExport = (reply: FastifyReply, name: string, opened: OpenedExport): FastifyReply => {
  const { header, format, stream } = opened;
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
