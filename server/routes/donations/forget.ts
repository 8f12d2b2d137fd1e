import { Type } from "typebox";
import { closed } from "../../schemas/common.ts";
import { ForgetBody } from "../../schemas/requests/donations.ts";
import { problems, type Endpoint } from "../endpoint.ts";

const ForgottenWire = Type.Object(
  {
    recorded: Type.Boolean({
      description: "Whether this payment was ever recorded; false may be a mistyped number.",
    }),
  },
  closed,
);

export const forgetGift: Endpoint = (app, { erasure }) =>
  app.post(
    "/v1/donations/forget",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["donations"],
        summary: "Forget what leads from a gift to its giver; nothing of it is kept once this is answered",
        description: "The books stay as they are. Backups taken before still hold it (docs/runbook.md).",
        body: ForgetBody,
        response: { 200: ForgottenWire, ...problems },
      },
    },
    async (request) => ({ recorded: await erasure.forgetGift(request.body) }),
  );
