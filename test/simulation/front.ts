/** The API of whichever gateway stands behind it. It keeps nothing and takes long to build, so it outlives them all. */
import type { Config } from "../../server/config.ts";
import type { Gateway } from "../../server/gateway.ts";
import type { App } from "../../server/routes/endpoint.ts";
import { appOf } from "../../server/serve.ts";

/** Nobody's at present. */
const free: Front[] = [];

export class Front {
  readonly #app: App;
  readonly #behind: { gateway: Gateway };

  private constructor(app: App, behind: { gateway: Gateway }) {
    this.#app = app;
    this.#behind = behind;
  }

  static async take(gateway: Gateway, config: Config): Promise<Front> {
    const front = free.pop();
    if (front !== undefined) {
      front.#behind.gateway = gateway;
      return front;
    }
    const behind = { gateway };
    return new Front(await appOf(standIn(behind), config), behind);
  }

  set gateway(gateway: Gateway) {
    this.#behind.gateway = gateway;
  }

  get inject(): App["inject"] {
    return this.#app.inject.bind(this.#app);
  }

  /** For the next one that needs it. */
  release(): void {
    free.push(this);
  }
}

/** Whatever is asked of it is asked of the gateway that is there at that moment. */
const standIn = (behind: { readonly gateway: Gateway }): Gateway => {
  const { gateway: first } = behind;
  return {
    ...first,
    read: presently(first.read, () => behind.gateway.read),
    exports: presently(first.exports, () => behind.gateway.exports),
    desk: presently(first.desk, () => behind.gateway.desk),
    keys: presently(first.keys, () => behind.gateway.keys),
    lookups: presently(first.lookups, () => behind.gateway.lookups),
    sessions: presently(first.sessions, () => behind.gateway.sessions),
    underWay: presently(first.underWay, () => behind.gateway.underWay),
    accessLog: presently(first.accessLog, () => behind.gateway.accessLog),
    erasure: presently(first.erasure, () => behind.gateway.erasure),
    stream: presently(first.stream, () => behind.gateway.stream),
    chain: presently(first.chain, () => behind.gateway.chain),
    sender: presently(first.sender, () => behind.gateway.sender),
    outbox: presently(first.outbox, () => behind.gateway.outbox),
    start: presently(first.start, () => behind.gateway.start),
  };
};

const presently = <Service extends object>(first: Service, now: () => Service): Service =>
  new Proxy(first, {
    get: (_first, name) => {
      const service = now();
      const member: unknown = Reflect.get(service, name);
      return typeof member === "function" ? member.bind(service) : member;
    },
  });
