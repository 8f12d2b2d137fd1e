/** The contracts' code, compiled from the sources of this checkout. Needed once, for the first deployment. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { solidity } from "../../contracts/solidity.ts";
import type { Hex } from "../chain/port.ts";

export interface Artefact {
  /** The ABI in JSON. */
  readonly abi: string;
  /** What creates the contract: constructor arguments go behind it. */
  readonly bytecode: Hex;
  /** What stands on the chain then, with zeros where the constructor writes its immutables. */
  readonly runtime: Hex;
  /** Where in `runtime`, in bytes; a list for each immutable. */
  readonly immutables: readonly (readonly ByteRange[])[];
}

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** The compiler answered something that is no artefact. */
export class UnreadableArtefact extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`${path}: no artefact of the compiler; delete the folder artifacts and start again`);
    this.name = "UnreadableArtefact";
    this.path = path;
  }
}

const root = resolve(import.meta.dirname, "../..");
const ArtefactFile = Type.Object({
  abi: Type.Array(Type.Unknown()),
  bytecode: Type.TemplateLiteral("0x${string}"),
  deployedBytecode: Type.TemplateLiteral("0x${string}"),
  immutableReferences: Type.Record(
    Type.String(),
    Type.Array(Type.Object({ start: Type.Integer(), length: Type.Integer() })),
  ),
});

/** Compiles what changed since the last time and reads ledger and lens. Throws {@link UnreadableArtefact}. */
export const compileContracts = async (): Promise<{ readonly ledger: Artefact; readonly lens: Artefact }> => {
  process.env["HARDHAT_DISABLE_TELEMETRY"] = "true";
  const runtime = await createHardhatRuntimeEnvironment({ solidity }, {}, root);
  const files = ["contracts/Ledger.sol", "contracts/lens/Lens.sol"].map((file) => join(root, file));
  await runtime.tasks.getTask("build").run({ quiet: true, files, noTests: true });
  return {
    ledger: await readArtefact("Ledger.sol/Ledger.json"),
    lens: await readArtefact("lens/Lens.sol/Lens.json"),
  };
};

const readArtefact = async (file: string): Promise<Artefact> => {
  const path = join(root, "artifacts/contracts", file);
  const artefact: unknown = JSON.parse(await readFile(path, "utf8"));
  if (!Value.Check(ArtefactFile, artefact)) throw new UnreadableArtefact(path);
  const { abi, bytecode, deployedBytecode: runtime, immutableReferences } = artefact;
  return { abi: JSON.stringify(abi), bytecode, runtime, immutables: Object.values(immutableReferences) };
};
