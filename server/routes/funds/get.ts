import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { fund, FundWire } from "../../schemas/funds.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const getFund: Endpoint = (app, { read }) =>
  app.get(
    "/v1/funds/:code",
    {
      schema: {
        tags: ["funds"],
        summary: "A fund: its promise, and where all of its money is now",
        params: CodeParams,
        response: { 200: answer(FundWire), ...problems },
      },
    },
    async (request) => {
      const code = codeOf("fund", request.params.code);
      return found(read, `no fund ${request.params.code}`, () => read.fund(code.fund), fund);
    },
  );
