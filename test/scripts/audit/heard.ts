/** What an audit looks at of everything that a gateway answers, member by member. */
import type { GatewayAsk } from "../../../scripts/audit/gateway/client.ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const pathTo = (path: string, name: string | symbol): string =>
  /^\d+$/.test(String(name)) ? `${path}[]` : `${path}.${String(name)}`;

/** The same value, which tells `heard` each of its ends that somebody looks at: as the audit does, by descriptor or by index. */
const listening = (value: unknown, path: string, heard: Set<string>): unknown => {
  if (!isObject(value)) {
    heard.add(path);
    return value;
  }
  return new Proxy(value, {
    getOwnPropertyDescriptor: (target, name) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, name);
      if (descriptor === undefined) return undefined;
      return { ...descriptor, value: listening(descriptor.value, pathTo(path, name), heard) };
    },
    get: (target, name) => {
      const inner: unknown = Reflect.get(target, name);
      const isItem = Array.isArray(target) && /^\d+$/.test(String(name));
      return isItem ? listening(inner, pathTo(path, name), heard) : inner;
    },
  });
};

const endsOf = (value: unknown, path: string): readonly string[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, inner]) =>
        endsOf(inner, Array.isArray(value) ? `${path}[]` : pathTo(path, name)),
      )
    : [path];

export interface Heard {
  readonly ask: GatewayAsk;
  /** The endpoints that were asked, such as `/v1/funds/{code}`. */
  endpoints(): readonly string[];
  /** What was answered and not looked at, such as `/v1/funds/{code} .name.zh`. */
  unheard(): readonly string[];
}

/** `endpoints` as OpenAPI writes them. */
export const hear = (ask: GatewayAsk, endpoints: readonly string[]): Heard => {
  const patterns = endpoints.map((endpoint) => ({
    endpoint,
    pattern: new RegExp(`^${endpoint.replace(/\{[^}]+\}/g, "[^/]+")}$`),
  }));
  const [asked, told, heard] = [new Set<string>(), new Set<string>(), new Set<string>()];
  return {
    ask: async (path) => {
      const answer = await ask(path);
      const [plain = ""] = path.split("?");
      const endpoint = patterns.find(({ pattern }) => pattern.test(plain))?.endpoint ?? plain;
      asked.add(endpoint);
      if (answer === undefined) return undefined;
      for (const end of endsOf(answer.data, `${endpoint} `)) told.add(end);
      return { ...answer, data: listening(answer.data, `${endpoint} `, heard) };
    },
    endpoints: () => [...asked].toSorted(),
    unheard: () => [...told].filter((end) => !heard.has(end)).toSorted(),
  };
};
