/** What tests ask of API keys, as another request each time. */
import type { Asking } from "../../../protocol/ports/desk.ts";
import type { ApiKeys, RotatedKey, ShownKey } from "../../../server/access/api-keys.ts";
import type { KeyRequest } from "../../../server/access/new-key.ts";
import { deriveKeys } from "../../../server/keys/secrets.ts";

export const secrets = deriveKeys(Buffer.alloc(32, 7));

let count = 0;
export const asking = (): Asking => ({ asker: "0123456789ab", idempotencyKey: `test-${(count += 1)}` });

export const createKey = async (keys: ApiKeys, request: KeyRequest): Promise<Required<ShownKey>> => {
  const { id, token = "" } = await keys.create(request, asking());
  return { id, token };
};
export const rotateKey = (keys: ApiKeys, id: string, overlapMs: number): Promise<RotatedKey> =>
  keys.rotate(id, overlapMs, asking());
export const revokeKey = (keys: ApiKeys, id: string): Promise<void> => keys.revoke(id, asking());
