/** The access log as it goes over the wire. */
import { Type, type Static } from "typebox";
import { programmeId } from "../../protocol/ids.ts";
import type { CheckedLog } from "../access-log/access-log.ts";
import type { KeptEntry } from "../access-log/entries.ts";
import { closed, CodeText, programmeCode } from "./common.ts";
import { moment } from "./keys.ts";

const HexDigest = Type.String({ pattern: "^[0-9a-f]{64}$" });
const Mark = Type.String({ description: "Equal for equal values; keyed, and no way back." });

const AccessEntryWire = Type.Object(
  {
    number: Type.Integer(),
    digest: HexDigest,
    at: Type.String({ description: "RFC 3339, by the clock of the gateway's machine." }),
    what: Type.Enum(["asked", "answered", "refused"]),
    method: Type.Optional(Type.String()),
    route: Type.Optional(Type.String()),
    key: Type.Optional(Type.String()),
    roles: Type.Optional(Type.Array(Type.String())),
    boundTo: Type.Optional(Type.Array(CodeText, { description: "Programmes that the key is bound to." })),
    concerns: Type.Optional(Type.Array(Type.String(), { description: "What the request names." })),
    idempotencyMark: Type.Optional(Mark),
    addressMark: Type.Optional(Mark),
    of: Type.Optional(Type.Integer({ description: "The entry that this one answers." })),
    status: Type.Optional(Type.Integer()),
    operations: Type.Optional(Type.Array(Type.String())),
    count: Type.Optional(Type.Integer({ description: "Refusals of one minute." })),
    addresses: Type.Optional(Type.Integer({ description: "From how many addresses they came." })),
  },
  closed,
);

export const AccessLogWire = Type.Object(
  { data: Type.Array(AccessEntryWire), next: Type.Optional(Type.String()) },
  closed,
);

export const CheckedLogWire = Type.Object(
  {
    intact: Type.Boolean(),
    entries: Type.Integer({ description: "Found as they were written, from the first on." }),
    digest: Type.Optional(HexDigest),
    broken: Type.Optional(
      Type.Object({ number: Type.Integer(), reason: Type.Enum(["missing", "changed"]) }, closed),
    ),
  },
  closed,
);

export const accessEntry = ({ number, digest, entry }: KeptEntry): Static<typeof AccessEntryWire> => {
  const { atMs, ...said } = entry;
  const kept = { number, digest, at: moment(atMs) };
  if (said.what !== "asked") return { ...kept, ...said };
  const { boundTo, ...asked } = said;
  const codes = boundTo?.map((programme) => programmeCode(programmeId(programme)));
  return { ...kept, ...asked, ...(codes === undefined ? {} : { boundTo: codes }) };
};

export const checkedLog = ({ entries, digest, broken }: CheckedLog): Static<typeof CheckedLogWire> => ({
  intact: broken === undefined,
  entries,
  ...(digest === undefined ? {} : { digest }),
  ...(broken === undefined ? {} : { broken: { ...broken } }),
});
