import { address, bytes32 } from "../../../protocol/ids.ts";
import { isHex } from "../../chain/wire.ts";
import { ProblemError } from "../../problems.ts";
import { answer, asOf } from "../../schemas/common.ts";
import { AgreementBody, AgreementWire } from "../../schemas/replicas.ts";
import { problems, type Endpoint } from "../endpoint.ts";
import { requireReplicas } from "./required.ts";

/** Of one address; a signature is checked for each. */
const statementsPerMinute = 30;

export const stateAgreement: Endpoint = (app, services) =>
  app.post(
    "/v1/replicas/agreements",
    {
      config: { rateLimit: { max: statementsPerMinute, timeWindow: "1 minute" } },
      schema: {
        tags: ["audit"],
        summary:
          "Say as a replica which block it came to: needs no API key, but the signature of an admitted replica",
        body: AgreementBody,
        response: { 200: answer(AgreementWire), ...problems },
      },
    },
    async (request) => {
      const { replica, block, hash, signature } = request.body;
      if (!isHex(signature)) throw new ProblemError("invalid-request", "signature: expected hexadecimal");
      const said = { block, hash: bytes32(hash), signature };
      const own = await requireReplicas(services).state(address(replica), said);
      const head = await services.read.head();
      return { asOf: asOf(head), data: { agrees: own === said.hash, own: { block, hash: own } } };
    },
  );
