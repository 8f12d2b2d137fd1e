/**
 * The static files, read or built once at start. Their addresses carry a digest of their content, so that a browser may
 * keep them for a year and still sees every change.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";
import { bundled } from "./islands/bundle.ts";
import { verifierWordsJson } from "./parts/verifier.ts";
import { styleSheet } from "./style/sheet.ts";
import { verifierFile } from "./verifier-file.ts";
import { words } from "./words/languages.ts";

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  /** Saved to disk, never shown as a page of this site. */
  readonly isDownload: boolean;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
};

const verifier = verifierFile();
/** sha256 of the verifier that is offered as a file. */
export const verifierDigest = verifier.digest;

const file = (path: string) => (): Buffer => readFileSync(new URL(path, import.meta.url));

const contents = {
  "everyfen.css": () => Buffer.from(styleSheet()),
  "icon.svg": file("./style/icon.svg"),
  "keys.js": file("./islands/keys.js"),
  "verify-start.js": () => bundled("verify-start.js", "es5"),
  "verify.js": () => bundled("verify/main.ts"),
  "verify-zh.json": () => Buffer.from(verifierWordsJson(words.zh)),
  "verify-en.json": () => Buffer.from(verifierWordsJson(words.en)),
  "verifier.html": () => Buffer.from(verifier.text),
} as const satisfies Record<string, () => Buffer>;

export type AssetName = keyof typeof contents;

const loaded = (name: string, content: () => Buffer): Asset => {
  const plain = content();
  const extension = extname(name);
  const hash = createHash("sha256").update(plain).digest("hex").slice(0, 12);
  return {
    path: `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`,
    type: types[extension] ?? "application/octet-stream",
    plain,
    gzipped: gzipSync(plain, { level: 9 }),
    isDownload: extension === ".html",
  };
};

const assets: ReadonlyMap<string, Asset> = new Map(
  Object.entries(contents).map(([name, content]) => [name, loaded(name, content)]),
);

export const everyAsset: readonly Asset[] = [...assets.values()];

export class UnknownAsset extends Error {
  readonly asset: string;
  constructor(name: string) {
    super(`asset ${name}: there is none of this name`);
    this.name = "UnknownAsset";
    this.asset = name;
  }
}

/** The address of a static file. Throws {@link UnknownAsset}, which the type of `name` rules out. */
export const asset = (name: AssetName): string => {
  const found = assets.get(name);
  if (found === undefined) throw new UnknownAsset(name);
  return found.path;
};
