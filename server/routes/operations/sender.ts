import { senderStatus, SenderWire } from "../../schemas/sending.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const getSender: Endpoint = (app, { sender }) =>
  app.get(
    "/v1/sender",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["operations"],
        summary:
          "Whether writes get onto the chain: what waits, each key's balance and state, the node's last failure",
        response: { 200: SenderWire, ...problems },
      },
    },
    async () => senderStatus(await sender.status()),
  );
