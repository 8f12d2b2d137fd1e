/** A roster's tree, with a progress bar: a million leaves take seconds. */
import { RosterTree } from "../../protocol/rosters/tree.ts";
import { Progress } from "../import/progress.ts";
import type { ProgressStream } from "../import/progress.ts";

/** Throws InvalidRoster. */
export const treeOf = (leaves: Uint8Array, progress: ProgressStream): RosterTree => {
  const bar = new Progress(progress, "hashing", Math.max(0, leaves.length / 32 - 1), "nodes");
  const tree = new RosterTree(leaves, (hashed) => bar.advance(hashed));
  bar.end();
  return tree;
};
