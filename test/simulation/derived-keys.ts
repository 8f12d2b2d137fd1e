/** Every life opens the same keystore; the key of its password, which is slow on purpose, is derived once. */
import crypto, { type BinaryLike, type ScryptOptions } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const derive = crypto.scryptSync;
const derived = new Map<string, Buffer>();

const deriveOnce = (
  password: BinaryLike,
  salt: BinaryLike,
  length: number,
  options: ScryptOptions = {},
): Buffer => {
  const name = JSON.stringify([password, salt, length, options]);
  const key = derived.get(name) ?? derive(password, salt, length, options);
  derived.set(name, key);
  return Buffer.from(key);
};

export const deriveKeysOnce = (): void => {
  Reflect.set(crypto, "scryptSync", deriveOnce);
  syncBuiltinESMExports();
};
