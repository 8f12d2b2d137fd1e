/**
 * What every answer says to a browser. JSON is never a document, so by default nothing may be loaded, framed or posted;
 * pages and the documentation set a policy of their own that lets in what they need and nothing else.
 */
import type { FastifyHelmetOptions } from "@fastify/helmet";

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** For answers that come before any hook runs; all others have these from {@link helmetOptions}. */
export const barestHeaders = {
  "content-security-policy": nothing,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

export const helmetOptions: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: "same-origin" },
  frameguard: { action: "deny" },
};

/** Of the API's documentation: its own scripts, styles and pictures, and questions to this gateway. */
export const documentationPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
