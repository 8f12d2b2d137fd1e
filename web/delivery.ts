/** How answers leave: the headers that keep a page to itself, compression, and revalidation instead of reloading. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Asset } from "./assets.ts";
import type { Html } from "./html.ts";
import type { PageContent } from "./visit.ts";

const compressed = promisify(gzip);

const contentPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'";

const connectPolicies = { here: "; connect-src 'self'", anywhere: "; connect-src *" } as const;

const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentPolicy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

const takesGzip = (request: FastifyRequest): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers["accept-encoding"] ?? "");

/** Secret answers are not stored, and not compressed, since compression can tell what stands beside typed text. */
export const sendPage = async (
  request: FastifyRequest,
  reply: FastifyReply,
  content: Pick<PageContent, "status" | "secret" | "postsBack" | "retryAfterSeconds" | "connects">,
  page: Html,
): Promise<FastifyReply> => {
  const body = Buffer.from(page.toString());
  reply.headers(securityHeaders);
  if (content.postsBack === true) reply.header("referrer-policy", "same-origin");
  if (content.connects !== undefined) {
    reply.header("content-security-policy", contentPolicy + connectPolicies[content.connects]);
  }
  reply.code(content.status).type("text/html; charset=utf-8").header("vary", "accept-encoding");
  if (content.retryAfterSeconds !== undefined) reply.header("retry-after", String(content.retryAfterSeconds));
  if (content.secret === true) return reply.header("cache-control", "no-store").send(body);
  reply.header("cache-control", "no-cache");
  if (content.status === 200) {
    const tag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    reply.header("etag", tag);
    if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  }
  if (!takesGzip(request)) return reply.send(body);
  return reply.header("content-encoding", "gzip").send(await compressed(body));
};

/** A year: the address changes with the content. */
export const sendAsset = (request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply => {
  reply
    .headers(securityHeaders)
    .type(asset.type)
    .header("cache-control", "public, max-age=31536000, immutable");
  reply.header("vary", "accept-encoding");
  if (asset.isDownload) reply.header("content-disposition", 'attachment; filename="verifier.html"');
  if (!takesGzip(request)) return reply.send(asset.plain);
  return reply.header("content-encoding", "gzip").send(asset.gzipped);
};
