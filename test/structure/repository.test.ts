import { expect } from "chai";
import { codeFiles, files, linesWith, readText } from "./files.ts";
import { importsIn } from "./imports.ts";

const longestFileLines = 450;
/** Generated, or a table that is read entry by entry: cutting it would help nobody. */
const lengthExceptions = ["chain/abi/", "web/words/", "package-lock.json"];

const typescript = codeFiles.filter((file) => file.endsWith(".ts"));
const text = files.filter((file) => !/\.(png|jpg|webp|woff2|gz|ico)$/.test(file));

/** The patterns of what may not be written are put together here, so that this file does not hold them. */
const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join(""));

describe("the repository", () => {
  it(`has no file of code of more than ${longestFileLines} lines`, () => {
    const long = files
      .filter((file) => /\.(ts|js|css|sol)$/.test(file))
      .filter((file) => !lengthExceptions.some((exception) => file.startsWith(exception)))
      .map((file) => ({ file, lines: readText(file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > longestFileLines)
      .map(({ file, lines }) => `${file}: ${lines} lines`);
    expect(long).to.deep.equal([]);
  });

  it("switches no check off, and the linter refuses `any`", () => {
    const switchedOff = pattern("@ts-(ign", "ore|noc", "heck|expect-er", "ror)|(ox|es)lint-dis", "able");
    expect(codeFiles.flatMap((file) => linesWith(file, switchedOff))).to.deep.equal([]);
    expect(readText(".oxlintrc.json")).to.contain('"typescript/no-explicit-any": "error"');
  });

  it("skips no test and singles none out", () => {
    const marked = pattern("\\b(it|describe|test)\\.(on", "ly|ski", "p)\\b|\\bthis\\.ski", "p\\(");
    expect(typescript.flatMap((file) => linesWith(file, marked))).to.deep.equal([]);
  });

  it("names no folder of anybody's machine", () => {
    const machine = pattern(
      "(^|[\\s\"'`(=:])/(ho",
      "me|Us",
      "ers|ro",
      "ot|wo",
      "rk|t",
      "mp|o",
      "pt)/[A-Za-z0-9_.-]",
    );
    expect(text.flatMap((file) => linesWith(file, machine))).to.deep.equal([]);
  });

  it("names no package registry: each machine has its own", () => {
    const registry = pattern("registry\\.[a-z0-9.-]+\\.[a-z]+|npm", "js\\.(org|com)|npm", "mirror\\.com");
    const found = text.flatMap((file) => linesWith(file, registry));
    expect([...found, ...files.filter((file) => file.endsWith(".npmrc"))]).to.deep.equal([]);
  });
});

describe("package.json", () => {
  const manifest: unknown = JSON.parse(readText("package.json"));
  const section = (name: string): Readonly<Record<string, unknown>> => {
    const value: unknown =
      typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, name) : undefined;
    return typeof value === "object" && value !== null ? { ...value } : {};
  };
  const dependencies = { ...section("dependencies"), ...section("devDependencies") };
  /** Used by command, by configuration or by another package, never by an import of ours. */
  const tools = [
    "oxlint",
    "oxlint-tsgolint",
    "prettier",
    "prettier-plugin-solidity",
    "typescript",
    "@types/chai",
    "@types/mocha",
    "@types/node",
    "@types/pg",
  ];
  const imported = (name: string): boolean =>
    [...codeFiles, ...files.filter((file) => file.endsWith(".sol"))].some((file) =>
      importsIn(readText(file)).some(
        ({ specifier }) => specifier === name || specifier.startsWith(`${name}/`),
      ),
    );

  it("names exact versions", () => {
    const loose = Object.entries(dependencies).filter(
      ([, version]) => !/^[0-9]+\.[0-9]+\.[0-9]+(-[a-z]+\.[0-9]+)?$/.test(String(version)),
    );
    expect(loose).to.deep.equal([]);
  });

  it("lists no dependency that nothing uses", () => {
    const unused = Object.keys(dependencies).filter((name) => !tools.includes(name) && !imported(name));
    expect(unused).to.deep.equal([]);
  });

  it("has a script for every command that is a file of scripts/, and the other way round", () => {
    const commands = files
      .filter((file) => /^scripts\/[a-z-]+\.ts$/.test(file))
      .map((file) => file.slice("scripts/".length, -".ts".length));
    const entries = Object.entries(section("scripts")).flatMap(([name, command]) =>
      String(command).includes(`scripts/${name}.ts`) ? [name] : [],
    );
    expect(entries.sort()).to.deep.equal(commands.sort());
  });

  it("runs only files that are there, of scripts/, server/main.ts, the model that the tests hold all others against, the simulation, or the noise", () => {
    const places = ["scripts/", "server/main.ts", "test/model/", "test/simulation/", "test/server/fuzz/"];
    const run = Object.values(section("scripts")).flatMap(
      (command) => /^node ([^ ]+)/.exec(String(command))?.[1] ?? [],
    );
    expect(run.length).to.be.greaterThan(5);
    for (const file of run) {
      expect(files, file).to.include(file);
      expect(
        places.some((place) => file.startsWith(place)),
        file,
      ).to.equal(true);
    }
  });
});

describe("package-lock.json", () => {
  const lock: unknown = JSON.parse(readText("package-lock.json"));
  const member = (value: unknown, name: string): object => {
    const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    return typeof found === "object" && found !== null ? found : {};
  };
  const packages = member(lock, "packages");

  /** Whether `name` is found from `path` upwards, as Node looks for it. */
  const resolves = (path: string, name: string): boolean => {
    if (Object.hasOwn(packages, `${path === "" ? "" : `${path}/`}node_modules/${name}`)) return true;
    const nested = path.lastIndexOf("/node_modules/");
    return path !== "" && resolves(nested === -1 ? "" : path.slice(0, nested), name);
  };

  it("locks the packages of every platform: without one of them npm ci refuses the whole file", () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      ["dependencies", "optionalDependencies"]
        .flatMap((kind) => Object.keys(member(entry, kind)))
        .filter((name) => !resolves(path, name))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).to.deep.equal([]);
  });
});

describe(".ci/run", () => {
  it("runs the test command of the README", () => {
    const command = 'npx -y -p node@24 -c "npm ci && npm test"';
    expect(readText(".ci/run")).to.contain(command);
    expect(readText("README.md")).to.contain(command);
  });
});
