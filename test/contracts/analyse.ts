/**
 * Prints what the compiler says of the sources under contracts/ as a JSON list of texts: analysis only, no code.
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

const settings = { ...solidity.settings, outputSelection: { "*": { "*": ["abi"] } } };
const input = { language: "Solidity", sources, settings };

const findImport = (path: string): { readonly contents: string } | { readonly error: string } => {
  try {
    return { contents: readFileSync(join(root, "node_modules", path), "utf8") };
  } catch {
    return { error: `${path} is not installed` };
  }
};

const errorsOf = (output: unknown): readonly unknown[] => {
  const errors: unknown = typeof output === "object" && output !== null ? Reflect.get(output, "errors") : [];
  return Array.isArray(errors) ? errors : [];
};

/** What is said of our own sources, and what is said of none: the libraries' warnings are not ours to mend. */
const ours = (message: unknown): readonly string[] => {
  if (typeof message !== "object" || message === null) return [];
  const place: unknown = Reflect.get(message, "sourceLocation");
  const file: unknown = typeof place === "object" && place !== null ? Reflect.get(place, "file") : undefined;
  const isOurs = typeof file !== "string" || file.startsWith("contracts/");
  return isOurs ? [String(Reflect.get(message, "formattedMessage"))] : [];
};

const output: unknown = JSON.parse(solc.compile(JSON.stringify(input), { import: findImport }));
console.log(JSON.stringify({ files: Object.keys(sources).length, said: errorsOf(output).flatMap(ours) }));
