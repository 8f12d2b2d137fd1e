/** API keys as they go over the wire: what is asked for, what is shown once, and what a list says of them. */
import { Type, type Static } from "typebox";
import type { ShownKey } from "../access/api-keys.ts";
import type { KeyView } from "../access/key-rows.ts";
import { keyRoles, programmeKeyRoles } from "../access/roles.ts";
import { closed, CodeText, programmeCode } from "./common.ts";

const KeyId = Type.String({ pattern: "^[0-9a-f]{12}$" });
const Moment = Type.String({ description: "RFC 3339, by the clock of the gateway's machine." });

export const KeyParams = Type.Object({ id: KeyId }, closed);

export const CreateKeyBody = Type.Object(
  {
    roles: Type.Array(Type.Enum([...keyRoles]), {
      minItems: 1,
      maxItems: keyRoles.length,
      uniqueItems: true,
    }),
    programmes: Type.Optional(
      Type.Array(CodeText, {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description:
          "The key is for these programmes only, and for nothing that concerns more. " +
          `With the roles ${programmeKeyRoles.join(", ")}.`,
      }),
    ),
    expiresAt: Type.Optional(
      Type.String({
        maxLength: 40,
        description:
          "RFC 3339 with its offset, at most five years ahead. Without it the key does not expire.",
        examples: ["2031-01-01T00:00:00+08:00"],
      }),
    ),
  },
  closed,
);

export const RotateKeyBody = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 60,
        maximum: 30 * 86_400,
        description: "How long the text before this one goes on; a day unless given.",
      }),
    ),
  },
  closed,
);

const shown = {
  id: KeyId,
  key: Type.Optional(
    Type.String({ description: "Shown this once: the answer to a repetition has a notice in its place." }),
  ),
  notice: Type.Optional(Type.String()),
};
export const CreatedKeyWire = Type.Object(shown, closed);
export const RotatedKeyWire = Type.Object({ ...shown, previousEndsAt: Moment }, closed);

const KeyWire = Type.Object(
  {
    id: KeyId,
    roles: Type.Array(Type.Enum([...keyRoles])),
    programmes: Type.Optional(Type.Array(CodeText)),
    state: Type.Enum(["inForce", "expired", "revoked"]),
    createdAt: Moment,
    expiresAt: Type.Optional(Moment),
    rotatedAt: Type.Optional(Moment),
    revokedAt: Type.Optional(Moment),
  },
  closed,
);
export const KeysWire = Type.Object(
  { data: Type.Array(KeyWire), next: Type.Optional(Type.String()) },
  closed,
);

export const moment = (ms: number): string => new Date(ms).toISOString();

const shownBefore =
  "the key's text was shown in the first answer to this request and is kept nowhere; if it is lost, rotate the key";

export const shownKey = ({ id, token }: ShownKey): Static<typeof CreatedKeyWire> =>
  token === undefined ? { id, notice: shownBefore } : { id, key: token };

export const keyWire = (key: KeyView): Static<typeof KeyWire> => ({
  id: key.id,
  roles: [...key.roles],
  ...(key.programmes === undefined ? {} : { programmes: key.programmes.map(programmeCode) }),
  state: key.state,
  createdAt: moment(key.createdAtMs),
  ...(key.expiresAtMs === undefined ? {} : { expiresAt: moment(key.expiresAtMs) }),
  ...(key.rotatedAtMs === undefined ? {} : { rotatedAt: moment(key.rotatedAtMs) }),
  ...(key.revokedAtMs === undefined ? {} : { revokedAt: moment(key.revokedAtMs) }),
});
