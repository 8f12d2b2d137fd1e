/** The contracts' code, compiled from the sources of this checkout. Needed once, for the first deployment. */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
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
const Code = Type.TemplateLiteral("0x${string}");
const Places = Type.Array(Type.Object({ start: Type.Integer(), length: Type.Integer() }));
const ArtefactFile = Type.Object({
  abi: Type.Array(Type.Unknown()),
  bytecode: Code,
  deployedBytecode: Code,
  immutableReferences: Type.Record(Type.String(), Places),
});

export interface Compiled {
  readonly ledger: Artefact;
  readonly lens: Artefact;
}

/** What was compiled the last time, beside what the compiler itself keeps, and the digest of its sources. */
const keptFileOfCheckout = join(root, "artifacts/gateway.json");
const KeptArtefact = Type.Object({
  abi: Type.String(),
  bytecode: Code,
  runtime: Code,
  immutables: Type.Array(Places),
});
const Kept = Type.Object({ sources: Type.String(), ledger: KeptArtefact, lens: KeptArtefact });

/**
 * Ledger and lens, compiled anew where the sources have changed since the last time. Several processes may ask at once:
 * what is kept is replaced whole. Throws {@link UnreadableArtefact}.
 */
export const compileContracts = async (
  keptFile: string = keptFileOfCheckout,
  build: () => Promise<void> = buildContracts,
): Promise<Compiled> => {
  const sources = await digestOfSources();
  const kept = await readKept(keptFile);
  if (kept?.sources === sources) return { ledger: kept.ledger, lens: kept.lens };
  await build();
  const [ledger, lens] = await Promise.all([
    readArtefact("Ledger.sol/Ledger.json"),
    readArtefact("lens/Lens.sol/Lens.json"),
  ]);
  const whole = `${keptFile}.${randomUUID()}`;
  await writeFile(whole, JSON.stringify({ sources, ledger, lens }));
  await rename(whole, keptFile);
  return { ledger, lens };
};

/** Of all that the contracts' bytes come from: sources and settings, libraries and compiler by their versions. */
const digestOfSources = async (): Promise<string> => {
  const digest = createHash("sha256");
  const add = (text: string | Buffer): void => void digest.update(`${text.length}\n`).update(text);
  add(JSON.stringify(solidity.settings));
  for (const name of ["@openzeppelin/contracts", "solc"]) {
    add(await readFile(join(root, "node_modules", name, "package.json")));
  }
  const files = await readdir(join(root, "contracts"), { recursive: true });
  for (const file of files.filter((each) => each.endsWith(".sol")).toSorted()) {
    add(file);
    add(await readFile(join(root, "contracts", file)));
  }
  return digest.digest("hex");
};

const readKept = async (keptFile: string): Promise<Type.Static<typeof Kept> | undefined> => {
  try {
    const kept: unknown = JSON.parse(await readFile(keptFile, "utf8"));
    return Value.Check(Kept, kept) ? kept : undefined;
  } catch {
    return undefined; // Not there yet, or no JSON: it is made again.
  }
};

const buildContracts = async (): Promise<void> => {
  process.env["HARDHAT_DISABLE_TELEMETRY"] = "true";
  const runtime = await createHardhatRuntimeEnvironment({ solidity }, {}, root);
  const files = ["contracts/Ledger.sol", "contracts/lens/Lens.sol"].map((file) => join(root, file));
  await runtime.tasks.getTask("build").run({ quiet: true, files, noTests: true });
};

const readArtefact = async (file: string): Promise<Artefact> => {
  const path = join(root, "artifacts/contracts", file);
  const artefact: unknown = JSON.parse(await readFile(path, "utf8"));
  if (!Value.Check(ArtefactFile, artefact)) throw new UnreadableArtefact(path);
  const { abi, bytecode, deployedBytecode: runtime, immutableReferences } = artefact;
  return { abi: JSON.stringify(abi), bytecode, runtime, immutables: Object.values(immutableReferences) };
};
