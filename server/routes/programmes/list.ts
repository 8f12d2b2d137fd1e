import { asOf, pageOf } from "../../schemas/common.ts";
import { programme, ProgrammeWire } from "../../schemas/programmes.ts";
import { atOneBlock, problems, type Endpoint } from "../endpoint.ts";

export const listProgrammes: Endpoint = (app, { read }) =>
  app.get(
    "/v1/programmes",
    {
      schema: {
        tags: ["programmes"],
        summary: "Every programme",
        response: { 200: pageOf(ProgrammeWire), ...problems },
      },
    },
    async () => {
      const { head, result } = await atOneBlock(read, () => read.programmes());
      return { asOf: asOf(head), data: result.map(programme) };
    },
  );
