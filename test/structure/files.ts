/** The files of the repository, as a clean checkout has them: what .gitignore names is left out. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = join(import.meta.dirname, "..", "..");

const ignoredNames: ReadonlySet<string> = new Set([
  ".git",
  ...readFileSync(join(root, ".gitignore"), "utf8")
    .split("\n")
    .filter((line) => line.endsWith("/"))
    .map((line) => line.slice(0, -1)),
]);

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !ignoredNames.has(name) && !name.endsWith(".log"))
    .flatMap((entry) =>
      entry.isDirectory() ? walk(join(folder, entry.name)) : entry.isFile() ? [join(folder, entry.name)] : [],
    );

/** Paths from the root with forward slashes, sorted. */
export const files: readonly string[] = walk(root)
  .map((path) => relative(root, path).split(sep).join("/"))
  .sort();

/** Files of code: TypeScript everywhere, and the script that browsers run. */
export const codeFiles: readonly string[] = files.filter((file) => /\.(ts|js)$/.test(file));

export const readText = (file: string): string => readFileSync(join(root, file), "utf8");

/** `file:line: text` of every line that `pattern` finds. */
export const linesWith = (file: string, pattern: RegExp): readonly string[] =>
  readText(file)
    .split("\n")
    .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []));
