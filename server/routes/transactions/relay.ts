import { RelayBody } from "../../schemas/requests/audit.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const relayTransaction: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/transactions",
    {
      config: { role: "relay", concerns: "everything" },
      schema: {
        tags: ["transactions"],
        summary: "Relay a transaction that an insurer or auditor signed with its own key",
        description:
          "It is written down before it is answered, and mined in order; the operation is the transaction's hash. The " +
          "signer must be registered on the ledger as an actor; what it may do, the ledger decides. Statements are " +
          "published where the transaction carries their digests: sha256 of the RFC 8785 JSON of " +
          '{"kind":"statement","text":{"en":…,"zh":…},"title":{"en":…,"zh":…}}.',
        body: RelayBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const transaction = `0x${request.body.transaction.slice(2)}` as const;
      const { statements = [] } = request.body;
      const operation = await desk.relay({ transaction, statements }, askingOf(request));
      return answerWrite(request, reply, desk, [operation]);
    },
  );
