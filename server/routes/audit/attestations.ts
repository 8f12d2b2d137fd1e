import { Type } from "typebox";
import { codeOf } from "../../codes.ts";
import { attestation, AttestationWire } from "../../schemas/audit.ts";
import { closed, CodeText, pageOf, PageQuery } from "../../schemas/common.ts";
import { pageRequest, problems, type Endpoint } from "../endpoint.ts";
import { listPage } from "../lists.ts";

export const listAttestations: Endpoint = (app, { read }) =>
  app.get(
    "/v1/attestations",
    {
      schema: {
        tags: ["audit"],
        summary: "What auditors attest to, of one programme if asked for",
        querystring: Type.Object({ ...PageQuery.properties, programme: Type.Optional(CodeText) }, closed),
        response: { 200: pageOf(AttestationWire), ...problems },
      },
    },
    async (request) => {
      const { programme } = request.query;
      const filter = programme === undefined ? {} : codeOf("programme", programme);
      return listPage(read, () => read.attestations(filter, pageRequest(request.query)), attestation);
    },
  );
