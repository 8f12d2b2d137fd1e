/** What every answer says to a browser: no door is left open by the one route that nobody thought of. */
import { expect } from "chai";
import { openBooks, type Books } from "./api/books.ts";
import { DeskClient } from "../web/desk/client.ts";

/** A policy as its directives. */
const directives = (policy: unknown): ReadonlyMap<string, string> =>
  new Map(
    String(policy)
      .split(";")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((part): [string, string] => {
        const [name = "", ...sources] = part.split(/\s+/);
        return [name, sources.join(" ")];
      }),
  );

describe("the headers of every answer", function () {
  this.timeout(60_000);
  let books: Books;
  const app = () => books.service.app;
  before(async () => {
    books = await openBooks({}, () => {});
  });
  after(() => books.service.close());

  /** Every route that is looked at, as the app draws them: each line carries on the path of the one it hangs from. */
  const patterns = (): readonly string[] => {
    const above: string[] = [];
    const found: string[] = [];
    for (const line of app().printRoutes({ commonPrefix: false }).split("\n")) {
      const [, branch = "", part = "", methods = ""] = /^([│├└─ ]*)(\S+) \((.*)\)$/.exec(line) ?? [];
      const depth = branch.length / 4;
      const path = `${above[depth - 1] ?? ""}${part}`;
      above[depth] = path;
      if (methods.includes("GET")) found.push(path);
    }
    return found;
  };

  /** A record of the kind that stands before `:code` in the path. */
  const codeBefore = (pattern: string): string => {
    const kind = /([\w-]+)\/:code/.exec(pattern)?.[1] ?? "";
    const { fund, paid, insurance, batches, donations } = books;
    const codes: Readonly<Record<string, string | undefined>> = {
      funds: fund,
      f: fund,
      claims: paid,
      c: paid,
      b: batches[0],
      donations: donations[0],
      d: donations[0],
    };
    return codes[kind] ?? insurance;
  };

  const pathOf = (pattern: string): string =>
    pattern
      .replace(":digest", books.document)
      .replace(":id", books.operation)
      .replace(":code", codeBefore(pattern))
      .replace(/:\w+/g, "1")
      .replace(/\*$/, "nothing");

  /** Why the headers let in more than they may; undefined where they do not. */
  const fault = (path: string, headers: Readonly<Record<string, unknown>>): string | undefined => {
    const policy = directives(headers["content-security-policy"]);
    const connects = /^\/(zh|en)\/verify$/.test(path) ? ["*"] : ["'self'", "'none'", undefined];
    const checks: readonly (readonly [string, boolean])[] = [
      ["default-src", policy.get("default-src") === "'none'"],
      ["frame-ancestors", policy.get("frame-ancestors") === "'none'"],
      ["base-uri", policy.get("base-uri") === "'none'"],
      ["form-action", ["'none'", "'self'"].includes(policy.get("form-action") ?? "*")],
      ["script-src", ["'none'", "'self'", undefined].includes(policy.get("script-src"))],
      ["style-src", ["'none'", "'self'", undefined].includes(policy.get("style-src"))],
      ["connect-src", connects.includes(policy.get("connect-src"))],
      ["no inline", !/unsafe|https?:/.test(String(headers["content-security-policy"]))],
      ["nosniff", headers["x-content-type-options"] === "nosniff"],
      ["referrer-policy", ["no-referrer", "same-origin"].includes(String(headers["referrer-policy"]))],
    ];
    const missing = checks.filter(([, holds]) => !holds).map(([name]) => name);
    return missing.length === 0 ? undefined : `${path}: ${missing.join(", ")}`;
  };

  it("hold at every route that is looked at, whether or not somebody has signed in", async () => {
    const client = new DeskClient(books.service);
    await client.signIn(books.service.key);
    const all = patterns();
    expect(all.length).to.be.greaterThan(100);
    for (const expected of ["/docs/", "/zh/verify", "/en/desk/gift", "/v1/summary", "/metrics"]) {
      expect(
        all.some((pattern) => pattern.startsWith(expected)),
        expected,
      ).to.equal(true);
    }
    const faults = [];
    for (const pattern of all) {
      const path = pathOf(pattern);
      const stranger = await app().inject({ url: path, headers: { "accept-encoding": "identity" } });
      const signedIn = path.includes("/desk") ? [await client.get(path)] : [];
      for (const { headers } of [stranger, ...signedIn]) {
        const found = fault(path, headers);
        if (found !== undefined) faults.push(found);
      }
    }
    expect(faults).to.deep.equal([]);
  });

  it("hold where something is wrong: no such thing, no such method, too much, no text, half a path", async () => {
    const asked = [
      { method: "GET", url: "/v1/unheard" },
      { method: "GET", url: "/zh/unheard" },
      { method: "PUT", url: "/v1/summary" },
      { method: "GET", url: "/v1/summary/%E0%A4%A" },
      { method: "GET", url: "/v1/funds/F000" },
      { method: "POST", url: "/v1/funds", payload: "{" },
      { method: "POST", url: "/zh/find", payload: "x".repeat(5_000) },
      { method: "POST", url: "/v1/donations/find", payload: {} },
    ] as const;
    const faults = [];
    for (const request of asked) {
      const { statusCode, headers } = await app().inject(request);
      expect(statusCode, request.url).to.be.within(400, 499);
      faults.push(fault(request.url, headers));
    }
    expect(faults.filter((found) => found !== undefined)).to.deep.equal([]);
  });

  it("let no cache keep what a key or a session was needed for", async () => {
    const headers = { authorization: `Bearer ${books.service.key}`, "idempotency-key": "headers" };
    for (const request of [
      { method: "GET", url: "/v1/sender", headers },
      { method: "GET", url: "/v1/keys", headers },
      { method: "POST", url: "/v1/keys", headers, payload: { roles: ["payer"] } },
      { method: "POST", url: "/v1/funds", headers, payload: {} },
      { method: "GET", url: "/v1/sender" },
    ] as const) {
      const answer = await app().inject(request);
      expect(answer.headers["cache-control"], `${request.method} ${request.url}`).to.equal("no-store");
    }
  });

  it("hold where the fault is ours", async () => {
    // Its stores are closed under it.
    await books.service.gateway.close();
    const faults = [];
    for (const url of ["/v1/summary", "/zh/", "/en/desk/sign-in", "/en/desk"]) {
      const { statusCode, headers } = await app().inject({
        url,
        headers: { cookie: `everyfen-desk=${"A".repeat(43)}` },
      });
      if (url !== "/en/desk/sign-in") expect(statusCode, url).to.be.within(500, 599);
      faults.push(fault(url, headers));
    }
    expect(faults.filter((found) => found !== undefined)).to.deep.equal([]);
  });
});
