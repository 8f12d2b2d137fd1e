/** What an API key may do, and which of that can be narrowed to programmes. */

/**
 * The actor whose key signs; `relay`, for whoever signs with a key of their own; or `admin`, who may do everything and
 * makes further keys. The gateway holds one signing key for each actor, so a role names the actor as well.
 */
export const keyRoles = [
  "admin",
  "recorder",
  "treasurer",
  "coordinator",
  "adjudicator",
  "payer",
  "auditor",
  "provider",
  "relay",
] as const;
export type KeyRole = (typeof keyRoles)[number];

/**
 * Roles that a key can have for some programmes only. What the others do is of no programme: gifts and their channels,
 * transactions that somebody else signed, the gateway itself.
 */
export const programmeKeyRoles = ["treasurer", "coordinator", "adjudicator", "payer", "auditor"] as const;

/** The ledger wants three actors for filing, approving and paying: no key but an admin's does two of these. */
export const separateRoles = ["coordinator", "adjudicator", "payer"] as const;

export const isKeyRole = (word: string): word is KeyRole => keyRoles.some((role) => role === word);
export const isProgrammeKeyRole = (role: KeyRole): boolean =>
  programmeKeyRoles.some((bindable) => bindable === role);
