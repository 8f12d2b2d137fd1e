import { codeOf } from "../../codes.ts";
import { answer, CodeParams } from "../../schemas/common.ts";
import { programme, ProgrammeWire } from "../../schemas/programmes.ts";
import { found, problems, type Endpoint } from "../endpoint.ts";

export const getProgramme: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes/:code",
    {
      schema: {
        tags: ["programmes"],
        summary: "A programme: its money, its queue in figures, what is short",
        params: CodeParams,
        response: { 200: answer(ProgrammeWire), ...problems },
      },
    },
    async (request) => {
      const code = codeOf("programme", request.params.code);
      return found(
        read,
        `no programme ${request.params.code}`,
        () => read.programme(code.programme),
        programme,
      );
    },
  );
