/** The runner of the vectors as a script of its own. */
import { runVectors } from "./run.ts";

Object.assign(globalThis, { runVectors });
