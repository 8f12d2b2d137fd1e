/** An endpoint that sends a table of a fund or a programme, as of any block. */
import type { Read } from "../../../protocol/ports/read.ts";
import type { BlockRange, ReadAt } from "../../exports/export.ts";
import { tableExport, type Table } from "../../exports/table.ts";
import { CodeParams } from "../../schemas/common.ts";
import type { Endpoint } from "../endpoint.ts";
import { rangeOf, sendExport, TableQuery, tableResponses } from "./answer.ts";

interface TableEndpoint<Subject extends { readonly code: string }, Column extends string> {
  readonly path: `/v1/exports/${string}/:code/${string}`;
  /** The file is named after it. */
  readonly name: string;
  readonly summary: string;
  readonly subject: (read: Read, code: string) => Promise<Subject>;
  readonly table: (
    readAt: ReadAt,
    range: BlockRange,
    subject: Subject,
  ) => Promise<Table<Column>> | Table<Column>;
}

export const tableEndpoint =
  <Subject extends { readonly code: string }, Column extends string>({
    path,
    name,
    summary,
    subject: subjectOf,
    table,
  }: TableEndpoint<Subject, Column>): Endpoint =>
  (app, { read, exports }) =>
    app.get(
      path,
      {
        schema: {
          tags: ["exports"],
          summary,
          params: CodeParams,
          querystring: TableQuery,
          response: tableResponses,
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const subject = await subjectOf(read, params.code);
        const range = await exports.range(...rangeOf(query));
        const opened = await exports.open(range, request.ip, async () =>
          tableExport(await table(exports.readAt(range), range, subject), query.format ?? "csv"),
        );
        return sendExport(reply, `${name}-${subject.code}`, opened);
      },
    );
