/** What each folder may import, and how imports are found in a file. */
import { dirname, join } from "node:path/posix";

export interface Import {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

/** Comments replaced by spaces, so that places stay; a `//` inside a quoted text stays too. */
const withoutComments = (text: string): string =>
  text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (found: string, quoted: string | undefined) => quoted ?? found.replace(/[^\n]/g, " "),
  );

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** `import … from`, `import "…"`, `export … from`, `import("…")`, `import type`, `require("…")`. */
export const importsIn = (source: string): readonly Import[] => {
  const text = withoutComments(source);
  const pattern =
    /(?<!["'`.\w])(?:from|import|require(?:\.resolve)?)\s*\(?\s*(["'`])([^"'`\n]+)\1|\bimport\s*\(\s*(?!["'`\s])([^)]*)\)/g;
  return [...text.matchAll(pattern)].map((match) => ({
    // A specifier that is computed can not be checked; it stands for itself and no rule allows it.
    specifier: match[2] ?? `(computed) ${match[3]}`,
    line: lineAt(text, match.index),
  }));
};

interface FolderRule {
  /** Folders and files of ours. */
  readonly ours: readonly string[];
  /** The only packages allowed, where that is limited; node: counts as one. */
  readonly packages?: readonly string[];
}

/** The compiler's settings, which stand beside what they compile. */
const compiler = "contracts/solidity.ts";

/** Imports only go down: protocol, chain, then web and server beside each other, then scripts, then test. */
const rules: Readonly<Record<string, FolderRule>> = {
  protocol: { ours: ["protocol"], packages: ["@noble/hashes", "canonicalize"] },
  chain: { ours: ["chain", "protocol"], packages: ["viem"] },
  web: { ours: ["web", "protocol"] },
  // The check of a browser decodes what a node answers.
  "web/islands": { ours: ["web/islands", "chain/light", "protocol"] },
  server: { ours: ["server", "chain", "protocol", compiler] },
  scripts: { ours: ["scripts", "server/commands", "chain", "protocol", compiler] },
  test: { ours: ["test", "scripts", "server", "web", "chain", "protocol", compiler, "hardhat.config.ts"] },
  "hardhat.config.ts": { ours: [compiler] },
};
const within = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

/** The one file that puts the explorer into the gateway. */
const mainRule: FolderRule = { ours: ["server", "web", "chain", "protocol"] };
/** And the one command that writes a page into a file. */
const verifierRule: FolderRule = { ours: ["web"] };

const ruleOf = (file: string): FolderRule => {
  if (file === "server/main.ts") return mainRule;
  if (file === "scripts/verifier.ts") return verifierRule;
  const [first = file] = file.split("/");
  return rules[within(file, ["web/islands"]) ? "web/islands" : first] ?? { ours: [] };
};

/** Why `file` may not import `specifier`; undefined where it may. */
export const refusalOf = (file: string, specifier: string): string | undefined => {
  const [folder = file] = file.split("/");
  const rule = ruleOf(file);
  if (specifier.startsWith("(computed)")) return "names what it imports only when it runs";
  if (specifier.startsWith(".")) {
    const target = join(dirname(file), specifier);
    if (within(target, rule.ours)) return undefined;
    return `${folder} may import ${rule.ours.join(", ") || "none of ours"}, not ${target}`;
  }
  if (rule.packages === undefined || within(specifier, rule.packages)) return undefined;
  return `${folder} may import the packages ${rule.packages.join(", ")}, not ${specifier}`;
};
