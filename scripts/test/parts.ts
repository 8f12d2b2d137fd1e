/** What `npm test` consists of. The mocha suites are the folders of test/, so that no folder can be forgotten. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Write } from "./run.ts";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Part {
  readonly name: string;
  /** The part that must have passed before. */
  readonly needs?: "compile";
  readonly run: (write: Write) => Promise<Counts>;
}

/** A part whose result can not be read or is empty has failed: silence is not success. */
export const nothingRan: Counts = { passed: 0, failed: 1 };

/** A command that says yes or no: one passed or one failed. */
const check = (name: string, program: string, ...parameters: readonly string[]): Part => ({
  name,
  run: async (write) => {
    const { exitCode } = await run(program, parameters, write);
    return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
});

/** `npm run build`. */
const compile: Part = {
  name: "compile",
  run: async (write) => {
    const compiled = await run("hardhat", ["build"], write);
    const kept = compiled.exitCode === 0 ? await run("node", ["scripts/build.ts"], write) : compiled;
    return kept.exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
};

/** At least one failure where the command says that it failed or nothing was counted, whatever was counted. */
export const countsOf = (counts: Counts, exitCode: number): Counts => {
  if (exitCode === 0) return counts.passed + counts.failed === 0 ? nothingRan : counts;
  return { passed: counts.passed, failed: Math.max(counts.failed, 1) };
};

/** Reads the `12 passing` and `1 failing` of Hardhat's summary. */
export const readSolidityCounts = (output: string): Counts => {
  const count = (word: string): number =>
    Number(new RegExp(`^\\s*([0-9]+) ${word}\\b`, "m").exec(output)?.[1] ?? 0);
  // A skipped test is one that did not pass.
  return { passed: count("passing"), failed: count("failing") + count("skipped") + count("pending") };
};

const solidityTests: Part = {
  name: "solidity",
  needs: "compile",
  run: async (write) => {
    const ended = await run("hardhat", ["test", "solidity"], write);
    return countsOf(readSolidityCounts(ended.output), ended.exitCode);
  },
};

const readMochaCounts = (file: string): Counts => {
  if (!existsSync(file)) return nothingRan;
  const counts: unknown = JSON.parse(readFileSync(file, "utf8"));
  const count = (name: string): number => {
    const value: unknown =
      typeof counts === "object" && counts !== null ? Reflect.get(counts, name) : undefined;
    return typeof value === "number" ? value : 0;
  };
  return { passed: count("passed"), failed: count("failed") + count("pending") };
};

const mocha = (name: string, ...chosen: readonly string[]): Part => ({
  name,
  run: async (write) => {
    const file = join(tmpdir(), `everyfen-tests-${process.pid}-${name.replaceAll("/", "-")}.json`);
    const parameters = ["--reporter", "./scripts/test/reporter.ts", ...chosen];
    const ended = await run("mocha", parameters, write, { TEST_COUNTS: file });
    const counts = readMochaCounts(file);
    rmSync(file, { force: true });
    return countsOf(counts, ended.exitCode);
  },
});

/** Suites that need no compiled contract: they run while the compiler does. */
const withoutContracts: ReadonlySet<string> = new Set(["protocol"]);

const mochaSuite = (name: string): Part => {
  const suite = mocha(`test/${name}`, "--spec", `test/${name}/**/*.test.ts`);
  return withoutContracts.has(name) ? suite : { ...suite, needs: "compile" };
};

/** The suites of the API once more, with the stores in PostgreSQL; but those of processes. */
const apiOnPostgres: Part = {
  ...mocha(
    "api/postgresql",
    "--require",
    "./test/server/database/on-postgres.ts",
    "--spec",
    "test/server/api/*.test.ts",
    ...["kill", "two-gateways"].flatMap((name) => ["--ignore", `test/server/api/${name}.test.ts`]),
  ),
  needs: "compile",
};

const suites = (): readonly string[] =>
  readdirSync("test", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => readdirSync(join("test", name), { recursive: true }).some(isTest))
    .sort();

const isTest = (path: string | Buffer): boolean => path.toString().endsWith(".test.ts");

/** In the order in which they are begun: what others need first, then what needs nothing, then what takes longest. */
export const parts = (): readonly Part[] => {
  const mochaSuites = suites().map(mochaSuite);
  const server = mochaSuites.filter(({ name }) => name === "test/server");
  const others = mochaSuites.filter((part) => !server.includes(part));
  return [
    compile,
    check("types", "tsc"),
    check("lint", "oxlint", "--type-aware", "--deny-warnings"),
    check("format", "prettier", "--check", "."),
    ...others.filter(({ needs }) => needs === undefined),
    ...server,
    solidityTests,
    ...others.filter(({ needs }) => needs !== undefined),
    apiOnPostgres,
  ];
};
