import { checkedLog, CheckedLogWire } from "../../schemas/access-log.ts";
import { problems, type Endpoint } from "../endpoint.ts";

export const checkAccessLog: Endpoint = (app, { accessLog }) =>
  app.get(
    "/v1/access-log/check",
    {
      config: { role: "admin", concerns: "everything" },
      schema: {
        tags: ["keys"],
        summary: "Whether every entry of the access log is as it was written, and the digest of the last",
        response: { 200: CheckedLogWire, ...problems },
      },
    },
    async () => checkedLog(await accessLog.check()),
  );
