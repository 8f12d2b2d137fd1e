import { Type } from "typebox";
import { answer, asOf } from "../../schemas/common.ts";
import { law, LawWire } from "../../schemas/overview.ts";
import { atOneBlock, problems, type Endpoint } from "../endpoint.ts";

export const getAudit: Endpoint = (app, { read }) =>
  app.get(
    "/v1/audit",
    {
      schema: {
        tags: ["overview"],
        summary: "The laws of the books, held against the live books",
        response: { 200: answer(Type.Array(LawWire)), ...problems },
      },
    },
    async () => {
      const { head, result } = await atOneBlock(read, () => read.laws());
      return { asOf: asOf(head), data: result.map(law) };
    },
  );
