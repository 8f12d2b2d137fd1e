/** `npm run verifier`: writes the verifier as one file to dist/verifier.html and prints its digest. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifierFile } from "../web/verifier-file.ts";

const folder = join(import.meta.dirname, "..", "dist");
const { text, digest } = verifierFile();
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "verifier.html"), text);
console.log(`dist/verifier.html: ${Buffer.byteLength(text)} bytes, sha256 ${digest}`);
