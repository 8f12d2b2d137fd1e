/** Where the gateways of a simulation have their chain and their stores. */

/**
 * - `embedded`: one gateway, its chain in its process, its stores in files
 * - `outside`: one gateway with its stores in files, and a node with a chain of its own
 * - `shared`: two gateways on one database, and such a node
 */
export const variants = ["embedded", "outside", "shared"] as const;
export type Variant = (typeof variants)[number];

/** Of ten seeds in a row, whichever is the first, six are embedded, three outside and one shared. */
const mix: readonly Variant[] = [
  "embedded",
  "outside",
  "embedded",
  "shared",
  "embedded",
  "outside",
  "embedded",
  "outside",
  "embedded",
  "embedded",
];

export const variantOf = (seed: number): Variant => mix[seed % mix.length] ?? "embedded";
