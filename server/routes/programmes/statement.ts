import { setImmediate } from "node:timers/promises";
import { Type } from "typebox";
import { encodeCode } from "../../../protocol/codes/code.ts";
import type { PeriodNumber, ProgrammeId } from "../../../protocol/ids.ts";
import type { Read } from "../../../protocol/ports/read.ts";
import type { InsurerStatementView } from "../../../protocol/ports/views.ts";
import { codeOf } from "../../codes.ts";
import { statementTable } from "../../exports/statement-table.ts";
import { tableExport } from "../../exports/table.ts";
import { ProblemError } from "../../problems.ts";
import { answer, closed, PageQuery } from "../../schemas/common.ts";
import { statement, StatementWire } from "../../schemas/insurers.ts";
import { sendExport, upToHead } from "../exports/answer.ts";
import { atOneBlock, found, pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { periodIn, PeriodParams } from "../lists.ts";

const linesAtOnce = 100;

/** The statement with all of its lines, page after page. */
const wholeStatement = async (
  read: Read,
  programme: ProgrammeId,
  period: PeriodNumber,
  ordinal: number,
): Promise<InsurerStatementView | undefined> => {
  const limit = linesAtOnce;
  let page = await read.insurerStatement(programme, period, ordinal, { limit });
  const lines = [...(page?.lines ?? [])];
  while (page?.next !== undefined) {
    // On SQLite a page leaves the thread to nothing else: whoever waits is let in between two.
    await setImmediate();
    page = await read.insurerStatement(programme, period, ordinal, { limit, cursor: page.next });
    lines.push(...(page?.lines ?? []));
  }
  return page === undefined ? undefined : { ...page, lines };
};

export const getStatement: Endpoint = (app, { read, exports }) =>
  app.get(
    "/v1/programmes/:code/periods/:period/insurers/:ordinal/statement",
    {
      schema: {
        tags: ["programmes"],
        summary:
          "An insurer's settlement statement of a policy period, by lines and cash periods; also as CSV",
        params: Type.Object(
          { ...PeriodParams.properties, ordinal: Type.String({ pattern: "^[1-9][0-9]?$" }) },
          closed,
        ),
        querystring: Type.Object(
          {
            ...PageQuery.properties,
            format: Type.Optional(
              Type.Union([Type.Literal("json"), Type.Literal("csv")], {
                description: "csv: the whole statement with opening and closing balance, in one file.",
              }),
            ),
          },
          closed,
        ),
        response: {
          200: {
            content: {
              "application/json": { schema: answer(StatementWire) },
              "text/csv": { schema: Type.String() },
            },
          },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { code, ordinal } = request.params;
      const { programme } = codeOf("programme", code);
      const period = periodIn(request.params);
      const what = `no insurer ${ordinal} is declared for period ${period} of programme ${code}`;
      if (request.query.format !== "csv") {
        return found(
          read,
          what,
          () => read.insurerStatement(programme, period, Number(ordinal), pageRequest(request.query)),
          statement,
        );
      }
      const { head, result } = await atOneBlock(read, () =>
        wholeStatement(read, programme, period, Number(ordinal)),
      );
      if (result === undefined) throw new ProblemError("not-found", what);
      const opened = await exports.open(upToHead(head), request.ip, () =>
        tableExport(statementTable(result), "csv"),
      );
      const name = `statement-${encodeCode({ kind: "programme", programme })}-${period}-${Number(ordinal)}`;
      return sendExport(reply, name, opened);
    },
  );
