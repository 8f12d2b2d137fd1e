import { codeIn } from "../../codes.ts";
import { OpenFundBody } from "../../schemas/requests/funds.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const openFund: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/funds",
    {
      config: { role: "treasurer", concerns: "everything" },
      schema: {
        tags: ["funds"],
        summary: "Open a fund; its promise can never be changed",
        body: OpenFundBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { restrictedTo, fallbackTo, ...rest } = request.body;
      const programme = (field: string, text: string | undefined) =>
        text === undefined ? {} : { [field]: codeIn("programme", field, text).programme };
      const id = await desk.openFund(
        {
          ...rest,
          ...programme("restrictedTo", restrictedTo),
          ...programme("fallbackTo", fallbackTo),
        },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
