import { Type } from "typebox";
import { closed } from "../../schemas/common.ts";
import { ForgetBody } from "../../schemas/requests/donations.ts";
import { askingOf, problems, type Endpoint } from "../endpoint.ts";

const ForgottenWire = Type.Object(
  {
    recorded: Type.Boolean({
      description: "Whether this payment was ever recorded; false may be a mistyped number.",
    }),
  },
  closed,
);

export const forgetGift: Endpoint = (app, { erasure, keys }) =>
  app.post(
    "/v1/donations/forget",
    {
      config: { role: "admin", concerns: "everything", answersIn: "access" },
      schema: {
        tags: ["donations"],
        summary: "Forget what leads from a gift to its giver; nothing of it is kept once this is answered",
        description: "The books stay as they are. Backups taken before still hold it (docs/runbook.md).",
        body: ForgetBody,
        response: { 200: ForgottenWire, ...problems },
      },
    },
    async (request) => {
      const { channel, transactionNumber } = request.body;
      const asked = { kind: "forgetGift", channel, transactionNumber };
      const recorded = await keys.onceElsewhere(asked, askingOf(request), async () =>
        String(await erasure.forgetGift(request.body)),
      );
      return { recorded: recorded === "true" };
    },
  );
