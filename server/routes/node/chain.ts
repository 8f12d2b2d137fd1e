import { Type } from "typebox";
import { pageBlocks } from "../../heads/stream.ts";
import { ProblemError } from "../../problems.ts";
import { chainPage, ChainWire } from "../../schemas/chain.ts";
import { answer, asOf, closed } from "../../schemas/common.ts";
import { problems, type Endpoint } from "../endpoint.ts";

const ChainQuery = Type.Object(
  {
    after: Type.Optional(
      Type.String({
        pattern: "^(0|[1-9][0-9]{0,9})$",
        description:
          "The block that the page follows, 0 unless given; on a chain outside `next` of the page before.",
      }),
    ),
    limit: Type.Optional(
      Type.String({
        pattern: "^([1-9][0-9]?|1[0-9]{2}|200)$",
        description: `Blocks of the page, 1 to ${pageBlocks}; ${pageBlocks} unless given. A page with much in it ends sooner.`,
      }),
    ),
  },
  closed,
);

export const getChain: Endpoint = (app, { read, stream }) =>
  app.get(
    "/v1/chain",
    {
      schema: {
        tags: ["service"],
        summary:
          "Signed transactions and block times, page by page: all that a replica needs to make the chain again",
        querystring: ChainQuery,
        response: { 200: answer(ChainWire), ...problems },
      },
    },
    async ({ query }) => {
      const after = Number(query.after ?? 0);
      const page = await stream(after, Number(query.limit ?? pageBlocks));
      if (page === undefined)
        throw new ProblemError("not-found", `the chain has not come to block ${after} yet`);
      return { asOf: asOf(await read.head()), data: chainPage(page) };
    },
  );
