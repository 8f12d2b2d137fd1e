import { periodNumber } from "../../../protocol/ids.ts";
import { programmeInPath } from "../../access/concerns.ts";
import { codeOf } from "../../codes.ts";
import { CodeParams } from "../../schemas/common.ts";
import { DeclareInsurersBody } from "../../schemas/requests/programmes.ts";
import { answerWrite, askingOf, writeResponses, type Endpoint } from "../endpoint.ts";

export const declareInsurers: Endpoint = (app, { desk }) =>
  app.post(
    "/v1/programmes/:code/insurers",
    {
      config: { role: "treasurer", concerns: programmeInPath },
      schema: {
        tags: ["programmes"],
        summary: "Declare who insures a policy period, once and before its first payment",
        params: CodeParams,
        body: DeclareInsurersBody,
        response: writeResponses,
      },
    },
    async (request, reply) => {
      const { programme } = codeOf("programme", request.params.code);
      const { policyPeriod, insurers } = request.body;
      const id = await desk.declareInsurers(
        { programme, policyPeriod: periodNumber(policyPeriod), insurers },
        askingOf(request),
      );
      return answerWrite(request, reply, desk, [id]);
    },
  );
