import { codeOf } from "../../codes.ts";
import { CodeParams, pageOf, PageQuery } from "../../schemas/common.ts";
import { expense, ExpenseWire } from "../../schemas/programmes.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listExpenses: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code/expenses",
    {
      schema: {
        tags: ["programmes"],
        summary: "A programme's operating expenses",
        params: CodeParams,
        querystring: PageQuery,
        response: { 200: pageOf(ExpenseWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = codeOf("programme", request.params.code);
      return listPage(read, () => read.expenses(programme, pageRequest(request.query)), expense);
    },
  );
