/** The contracts' code as the sources of this checkout compile to it, for whoever compares it with a chain's. */
import { compileContracts, type Artefact } from "../deployment/compile.ts";

export type { Artefact };

export interface SourceCode {
  readonly ledger: Artefact;
  readonly lens: Artefact;
}

/** Compiles what changed since the last time: half a minute where nothing was compiled yet. Throws what compiling throws. */
export const sourceCode = (): Promise<SourceCode> => compileContracts();
