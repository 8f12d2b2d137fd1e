/**
 * The cookie that holds a session of the desk. Over https its name begins with `__Host-`: a browser then takes it from
 * this very host only, and never over a plain connection. No script reads it, and no other site's request carries it.
 */
import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

const name = "everyfen-desk";
/** 32 random bytes in base64url. */
const sessionText = /^[A-Za-z0-9_-]{43}$/;
const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether the browser is on https: the proxy in front says so, or the site's public address does. */
const isSecure = (request: FastifyRequest, publicUrl: string | undefined): boolean =>
  request.protocol === "https" || publicUrl?.startsWith("https:") === true;

const nameOf = (request: FastifyRequest, publicUrl: string | undefined): string =>
  isSecure(request, publicUrl) ? `__Host-${name}` : name;

/** Whether a key may be typed here: over https, or where the browser is on the gateway's own machine. */
export const isConfidential = (request: FastifyRequest, publicUrl: string | undefined): boolean =>
  isSecure(request, publicUrl) || loopback.test(request.hostname);

/** The session that the request's cookie names, whether or not there is one. */
export const sessionIn = (request: FastifyRequest, publicUrl: string | undefined): string | undefined => {
  const value = parseCookie(request.headers.cookie ?? "")[nameOf(request, publicUrl)];
  return value !== undefined && sessionText.test(value) ? value : undefined;
};

/** Without a session the browser forgets its cookie. */
export const keepSession = (
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
  session: string | undefined,
): void => {
  reply.header(
    "set-cookie",
    stringifySetCookie({
      name: nameOf(request, publicUrl),
      value: session ?? "",
      path: "/",
      httpOnly: true,
      sameSite: "strict",
      secure: isSecure(request, publicUrl),
      // Without an end of its own it goes with the browser; the gateway ends it earlier.
      ...(session === undefined ? { maxAge: 0 } : {}),
    }),
  );
};
