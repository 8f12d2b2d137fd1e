import { codeIn } from "../../codes.ts";
import { MoveSurplusBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const moveSurplus: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/moves",
    {
      config: {
        role: "treasurer",
        concerns: [
          { in: "body", field: "from", names: "programme" },
          { in: "body", field: "to", names: "programme" },
        ],
      },
      schema: {
        tags: ["programmes"],
        summary: "Move all that an ended programme has left to another one",
        body: MoveSurplusBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const from = codeIn("programme", "from", request.body.from).programme;
      const to = codeIn("programme", "to", request.body.to).programme;
      return answerWrite(request, reply, desk, [await desk.moveSurplus({ from, to }, askingOf(request))]);
    },
  );
