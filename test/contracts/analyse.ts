/**
 * Prints what the compiler says of the sources under contracts/, and where it places the ledger's variables, as JSON:
 * analysis only, no code.
 * A process of its own, because the compiler puts handlers on the process that loads it. With a folder as its
 * argument it reads that folder in place of contracts/.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";
import { solidity } from "../../contracts/solidity.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = process.argv[2] ?? join(root, "contracts");

const sources = Object.fromEntries(
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(".sol"))
    .map((path) => [`contracts/${path}`, { content: readFileSync(join(folder, path), "utf8") }]),
);

const outputSelection = { "*": { "*": ["abi"] }, "contracts/Ledger.sol": { Ledger: ["storageLayout"] } };
const settings = { ...solidity.settings, outputSelection };
const input = { language: "Solidity", sources, settings };

const findImport = (path: string): { readonly contents: string } | { readonly error: string } => {
  try {
    return { contents: readFileSync(join(root, "node_modules", path), "utf8") };
  } catch {
    return { error: `${path} is not installed` };
  }
};

const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>(
    (inside, name) => (typeof inside === "object" && inside !== null ? Reflect.get(inside, name) : undefined),
    value,
  );

/** The ledger's own variables, where the compiler placed them: the books stand behind them, at a slot of their own. */
const variablesOf = (output: unknown): readonly object[] => {
  const layout = at(output, "contracts", "contracts/Ledger.sol", "Ledger", "storageLayout");
  const storage = at(layout, "storage");
  return (Array.isArray(storage) ? storage : []).map((variable: unknown) => ({
    label: at(variable, "label"),
    slot: at(variable, "slot"),
    bytes: Number(at(layout, "types", String(at(variable, "type")), "numberOfBytes")),
  }));
};

const errorsOf = (output: unknown): readonly unknown[] => {
  const errors = at(output, "errors");
  return Array.isArray(errors) ? errors : [];
};

/** What is said of our own sources, and what is said of none: the libraries' warnings are not ours to mend. */
const ours = (message: unknown): readonly string[] => {
  const file = at(message, "sourceLocation", "file");
  const isOurs = typeof file !== "string" || file.startsWith("contracts/");
  return isOurs ? [String(at(message, "formattedMessage"))] : [];
};

const output: unknown = JSON.parse(solc.compile(JSON.stringify(input), { import: findImport }));
const said = errorsOf(output).flatMap(ours);
console.log(JSON.stringify({ files: Object.keys(sources).length, said, variables: variablesOf(output) }));
