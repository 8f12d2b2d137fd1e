/**
 * The interfaces of contracts/ list what each verb requires. Every bullet has a test that is named by it word for
 * word, so that a bullet can neither be forgotten nor be changed without its test.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../contracts", import.meta.url));

/** A test of one bullet of `verb`, such as "IClaims.payClaim". */
export const requires = (verb: string, bullet: string, test: () => Promise<void>): void => {
  it(`${verb}: ${bullet}`, test);
};

/** The same where one test would be too long. */
export const requiresAll = (verb: string, bullet: string, tests: () => void): void => {
  describe(`${verb}: ${bullet}`, tests);
};

/** One bullet of one verb, as the tests name it. */
export const requirement = (verb: string, bullet: string): string => `${verb}: ${bullet}`;

const bulletsOf = (comment: string): readonly string[] => {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\/\/\/ ?/, ""));
  const bullets: string[] = [];
  const from = lines.findIndex((line) => line.startsWith("Requirements:"));
  for (const line of from === -1 ? [] : lines.slice(from + 1)) {
    if (line.startsWith("- ")) bullets.push(line.slice(2));
    else if (line.trim() !== "") bullets.push(`${bullets.pop() ?? ""} ${line.trim()}`);
  }
  return bullets.map((bullet) => bullet.replace(/[;.]$/, ""));
};

/** Every bullet of the ledger's interfaces; the lens has its own tests. */
export const declaredRequirements = (): readonly string[] =>
  readdirSync(root, { recursive: true })
    .map(String)
    .filter((path) => /\/I[A-Z]\w*\.sol$/.test(path) && !path.startsWith("lens/"))
    .flatMap((path) => {
      const source = readFileSync(join(root, path), "utf8");
      const verbs = [...source.matchAll(/((?:^ *\/\/\/.*\n)+) *function (\w+)\(/gm)];
      return verbs.flatMap(([, comment = "", name = ""]) =>
        bulletsOf(comment).map((bullet) => requirement(`${basename(path, ".sol")}.${name}`, bullet)),
      );
    });
