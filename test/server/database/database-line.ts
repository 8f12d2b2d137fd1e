/** A way of its own to a PostgreSQL server, which can be cut, or held up, for one gateway and nobody else. */
import { connect, createServer, type Socket } from "node:net";
import { Secret } from "../../../server/config.ts";

export interface DatabaseLine {
  readonly url: Secret;
  /** At once: what was not handed on is not, and nobody gets through any more. */
  cut(): void;
  /** Nothing gets through, in either direction, until {@link DatabaseLine.thaw}. */
  freeze(): void;
  thaw(): void;
  /** The next `times` connections break when the gateway says `text`, which does not get through. */
  breakAt(text: string, times: number): void;
  close(): Promise<void>;
}

export const startDatabaseLine = async (database: Secret): Promise<DatabaseLine> => {
  const url = new URL(database.reveal());
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets = new Set<Socket>();
  let state: "open" | "frozen" | "cut" = "open";
  let breaking = { text: "", timesLeft: 0 };
  const isBreaking = (data: Buffer): boolean => {
    if (breaking.timesLeft === 0 || !data.includes(breaking.text)) return false;
    breaking.timesLeft -= 1;
    return true;
  };

  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect({ host, port });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("data", (data) => {
        if (one === near && isBreaking(data)) one.destroy();
        else other.write(data);
      });
      one.on("error", () => {});
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.setNoDelay(true);
      if (state === "frozen") one.pause();
      else one.resume();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  url.hostname = "127.0.0.1";
  url.port = String(typeof bound === "object" && bound !== null ? bound.port : 0);

  const cut = (): void => {
    state = "cut";
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: new Secret(url.href),
    cut,
    freeze: () => {
      if (state === "cut") return;
      state = "frozen";
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      if (state === "cut") return;
      state = "open";
      for (const socket of sockets) socket.resume();
    },
    breakAt: (text, times) => {
      breaking = { text, timesLeft: times };
    },
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
