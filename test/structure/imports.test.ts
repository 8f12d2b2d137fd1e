import { expect } from "chai";
import { codeFiles, files, readText } from "./files.ts";
import { importsIn, refusalOf } from "./imports.ts";

describe("imports only go down", () => {
  it("in every file of the repository", () => {
    const refused = codeFiles.flatMap((file) =>
      importsIn(readText(file)).flatMap(({ specifier, line }) => {
        const refusal = refusalOf(file, specifier);
        return refusal === undefined ? [] : [`${file}:${line}: ${refusal}`];
      }),
    );
    expect(refused).to.deep.equal([]);
  });

  it("in every contract, which imports contracts and OpenZeppelin", () => {
    const refused = files
      .filter((file) => file.endsWith(".sol"))
      .flatMap((file) =>
        importsIn(readText(file))
          .filter(({ specifier }) => !/^(\.\.?\/|@openzeppelin\/contracts\/)/.test(specifier))
          .map(({ specifier, line }) => `${file}:${line}: ${specifier}`),
      );
    expect(refused).to.deep.equal([]);
  });

  it("however they are written: the finder sees each form and its line", () => {
    const source = [
      'import { one } from "./one.ts";',
      'import "./two.ts"; // import "./not-this.ts"',
      "export {",
      "  three,",
      '} from "./three.ts";',
      '/* import "./nor-this.ts" */',
      'import type { Four } from "./four.ts";',
      'const five = await import("./five.ts");',
      'export * from "./six.ts";',
      'const url = "https://host.example/"; import seven from "./seven.ts";',
      'const words = ["from", "import", "to"];',
      ["const eight = await imp", "ort(name);"].join(""),
    ].join("\n");
    expect(importsIn(source).map(({ specifier, line }) => [specifier, line])).to.deep.equal([
      ["./one.ts", 1],
      ["./two.ts", 2],
      ["./three.ts", 5],
      ["./four.ts", 7],
      ["./five.ts", 8],
      ["./six.ts", 9],
      ["./seven.ts", 10],
      ["(computed) name", 12],
    ]);
  });

  const forbidden: readonly (readonly [string, string])[] = [
    ["protocol/amounts.ts", "../chain/decode.ts"],
    ["protocol/lines/share.ts", "node:fs"],
    ["protocol/amounts.ts", "viem"],
    ["protocol/amounts.ts", "@noble/curves/secp256k1.js"],
    ["chain/decode.ts", "../server/config.ts"],
    ["chain/decode.ts", "fastify"],
    ["web/layout.ts", "../chain/decode.ts"],
    ["web/pages/home.ts", "../../server/config.ts"],
    ["web/pages/home.ts", "../../chain/light/node.ts"],
    ["web/islands/verify/main.ts", "../../../chain/decode.ts"],
    ["web/islands/verify/main.ts", "../../layout.ts"],
    ["server/app.ts", "../web/layout.ts"],
    ["server/desk/claims.ts", "../../web/layout.ts"],
    ["server/main.ts", "../scripts/import.ts"],
    ["scripts/import.ts", "../server/config.ts"],
    ["scripts/import.ts", "../server/commands-of-others.ts"],
    ["scripts/import.ts", "../web/layout.ts"],
    ["server/app.ts", "../test/model/random.ts"],
    ["hardhat.config.ts", "./protocol/amounts.ts"],
    ["server/app.ts", "(computed) name"],
  ];
  for (const [file, specifier] of forbidden) {
    it(`${file} may not import ${specifier}`, () => expect(refusalOf(file, specifier)).to.be.a("string"));
  }

  const allowed: readonly (readonly [string, string])[] = [
    ["protocol/lines/share.ts", "../amounts.ts"],
    ["protocol/bytes.ts", "@noble/hashes/sha3.js"],
    ["chain/decode.ts", "../protocol/ids.ts"],
    ["web/pages/home.ts", "../../protocol/ports/read.ts"],
    ["web/islands/verify/main.ts", "../../../chain/light/node.ts"],
    ["web/assets.ts", "./islands/bundle.ts"],
    ["server/main.ts", "../web/layout.ts"],
    ["scripts/start.ts", "../server/commands/start.ts"],
    ["test/web/pages.test.ts", "../../web/layout.ts"],
  ];
  for (const [file, specifier] of allowed) {
    it(`${file} may import ${specifier}`, () => expect(refusalOf(file, specifier)).to.equal(undefined));
  }
});
