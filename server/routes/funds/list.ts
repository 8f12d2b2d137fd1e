import { asOf, pageOf } from "../../schemas/common.ts";
import { fund, FundWire } from "../../schemas/funds.ts";
import { atOneBlock, problems, type Endpoint } from "../endpoint.ts";

export const listFunds: Endpoint = (app, { read }) =>
  app.get(
    "/v1/funds",
    { schema: { tags: ["funds"], summary: "Every fund", response: { 200: pageOf(FundWire), ...problems } } },
    async () => {
      const { head, result } = await atOneBlock(read, () => read.funds());
      return { asOf: asOf(head), data: result.map(fund) };
    },
  );
