/**
 * How long a connection may take and how large its headers may be: who sends a byte a minute gets no place for long.
 * What fails before there is a request is told like everything else.
 */
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyServerOptions } from "fastify";
import { problemOfConnection } from "./problems.ts";

export interface ConnectionLimits {
  /** Until all headers of a request are there. */
  readonly headersMs: number;
  /** Until a request is there whole, with its body. */
  readonly requestMs: number;
  /** Without a byte in either direction. A write waits up to 60 s for its block. */
  readonly silenceMs: number;
  /** Between two requests of a connection; longer than reverse proxies keep theirs, which would fail otherwise. */
  readonly keepAliveMs: number;
  /** How often the first two are looked at. */
  readonly checkMs: number;
  readonly headerBytes: number;
  /** More are closed as soon as they are opened. */
  readonly connections: number;
}

export const connectionLimits: ConnectionLimits = {
  headersMs: 20_000,
  requestMs: 90_000,
  silenceMs: 120_000,
  keepAliveMs: 72_000,
  checkMs: 5_000,
  headerBytes: 16 * 1024,
  connections: 2_000,
};

/** The options of the framework that hold the limits; `connections` is the server's own. */
export const connectionOptions = (
  limits: ConnectionLimits,
): Pick<
  FastifyServerOptions,
  "requestTimeout" | "connectionTimeout" | "keepAliveTimeout" | "clientErrorHandler"
> & { readonly http: object } => ({
  requestTimeout: limits.requestMs,
  connectionTimeout: limits.silenceMs,
  keepAliveTimeout: limits.keepAliveMs,
  http: {
    headersTimeout: limits.headersMs,
    maxHeaderSize: limits.headerBytes,
    connectionsCheckingInterval: limits.checkMs,
  },
  // The framework's own would log the bytes that came, keys among them.
  clientErrorHandler: ({ code }, socket) => refuse(socket, code),
});

const refuse = (socket: Socket, code: string | undefined): void => {
  if (code !== "ECONNRESET" && socket.writable) {
    const body = problemOfConnection(code);
    const text = JSON.stringify(body);
    socket.write(
      `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}\r\nConnection: close\r\n` +
        `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
  }
  socket.destroySoon();
};
