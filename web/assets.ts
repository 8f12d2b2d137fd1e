/**
 * The static files, read once at start. Their addresses carry a digest of their content, so that a browser may keep
 * them for a year and still sees every change.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

const files = {
  "everyfen.css": "./style/everyfen.css",
  "icon.svg": "./style/icon.svg",
  "keys.js": "./islands/keys.js",
} as const;

export type AssetName = keyof typeof files;

const loaded = (name: AssetName): Asset => {
  const plain = readFileSync(new URL(files[name], import.meta.url));
  const extension = extname(name);
  const hash = createHash("sha256").update(plain).digest("hex").slice(0, 12);
  return {
    path: `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`,
    type: types[extension] ?? "application/octet-stream",
    plain,
    gzipped: gzipSync(plain, { level: 9 }),
  };
};

const assets: Readonly<Record<AssetName, Asset>> = {
  "everyfen.css": loaded("everyfen.css"),
  "icon.svg": loaded("icon.svg"),
  "keys.js": loaded("keys.js"),
};

export const everyAsset: readonly Asset[] = Object.values(assets);

/** The address of a static file. */
export const asset = (name: AssetName): string => assets[name].path;
