/** Noise for every endpoint, and that the noise and those who listen to it are what they should be. */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { Random } from "../../model/random.ts";
import { textOf } from "./pattern.ts";
import { Requests } from "./requests.ts";
import { ofWaiting } from "./run.ts";
import { shapeOf } from "./shape.ts";
import { faultOfRefusal } from "./watch.ts";

const requests = 3_000;
/** A request that left 4 KiB behind would be seen. What is recorded in between is part of it. */
const growthLimitBytes = 8 * 1024 * 1024;

const Result = Type.Object({
  statuses: Type.Record(Type.String(), Type.Integer()),
  notReached: Type.Array(Type.String()),
  notTaken: Type.Array(Type.String()),
  heap: Type.Array(Type.Object({ requests: Type.Integer(), heapBytes: Type.Integer() })),
  faults: Type.Array(Type.String()),
});

describe(`${requests} requests of noise, made from the API's description`, function () {
  this.timeout(180_000);
  let result: Type.Static<typeof Result>;

  before(async () => {
    // A process of its own, so that its memory is the gateway's alone.
    const main = join(import.meta.dirname, "main.ts");
    const run = promisify(execFile)(process.execPath, [main, "--seed", "1", "--requests", String(requests)]);
    // It ends with 1 where there are faults, and says them all the same.
    const said = await run.catch((error: unknown) => error);
    const stdout = String(Reflect.get(Object(said), "stdout"));
    if (stdout === "") throw new Error(String(said));
    const parsed: unknown = JSON.parse(stdout);
    if (!Value.Check(Result, parsed)) throw new Error(stdout);
    result = parsed;
  });

  it("are answered as described, refused with field and reason, and record nothing where they are refused", () => {
    expect(result.faults).to.deep.equal([]);
    const sum = Object.values(result.statuses).reduce((total, count) => total + count, 0);
    expect(sum).to.equal(requests);
  });

  it("come as far as the books at every endpoint, and do there what it is for; none is too many", () => {
    expect(result.notReached).to.deep.equal([]);
    expect(result.notTaken.filter((name) => !ofWaiting.includes(name))).to.deep.equal([]);
    expect(result.statuses).to.not.have.property("429");
    for (const status of ["200", "202", "400", "401", "403", "404", "405", "409", "415", "422"]) {
      expect(result.statuses[status] ?? 0, status).to.be.greaterThan(0);
    }
  });

  it("leave nothing in memory", () => {
    const [warm, last] = result.heap;
    expect(last?.requests).to.equal(requests);
    expect((last?.heapBytes ?? Infinity) - (warm?.heapBytes ?? 0)).to.be.lessThan(growthLimitBytes);
  });
});

describe("the noise", () => {
  const operation = {
    name: "POST /v1/example/{code}",
    method: "POST",
    path: "/v1/example/{code}",
    pattern: /^/,
    description: {
      parameters: [
        { in: "path", name: "code", required: true, schema: { type: "string", pattern: "^[A-Z]{4}$" } },
        { in: "header", name: "idempotency-key", required: true, schema: { type: "string" } },
      ],
      requestBody: {
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["amount"],
              properties: {
                amount: { type: "string", pattern: "^(0|[1-9][0-9]{0,19})$" },
                of: { type: "integer" },
              },
            },
          },
        },
      },
    },
  };
  const noise = (seed: number): readonly unknown[] => {
    const made = new Requests(new Random(seed), new Map(), { admin: "a", relay: "r" });
    return Array.from({ length: 300 }, () => made.of(operation));
  };

  it("is the same for the same seed, and another for another", () => {
    expect(noise(7)).to.deep.equal(noise(7));
    expect(noise(7)).to.not.deep.equal(noise(8));
  });

  it("fits the patterns of the schemas where it is meant to", () => {
    const random = new Random(1);
    const patterns = [
      "^0x[0-9a-f]{64}$",
      "^(0|[1-9][0-9]{0,19})$",
      "^[\\x21-\\x7e]{1,128}$",
      "^([1-9][0-9]?|100)$",
      "^0x([0-9a-fA-F]{2})+$",
      "^https?://a\\.b(/c)*$",
      "^[^\\u0000-\\u001f\\u202a-\\u202e]*$",
    ];
    for (const pattern of patterns) {
      for (let round = 0; round < 200; round += 1) {
        expect(textOf(pattern, random)).to.match(new RegExp(pattern));
      }
    }
  });

  it("guesses at no expression or schema that it does not know", () => {
    for (const pattern of ["^(?=a)$", "^\\d$", "^a.$", "^(a$", "^[a$"]) {
      expect(() => textOf(pattern, new Random(1)), pattern).to.throw(RangeError);
    }
    expect(() => shapeOf({ type: "number" })).to.throw(TypeError);
    expect(() => shapeOf({ type: "string", maxLength: "9" })).to.throw(TypeError);
  });
});

describe("who listens to the answers", () => {
  const problem = {
    type: "urn:everyfen:problem:invalid-request",
    title: "The request does not fit its schema",
    status: 400,
    detail: "amount is missing",
    errors: [{ field: "amount", reason: "is missing" }],
  };
  const headers = { "content-type": "application/problem+json" };
  const busy = { ...problem, type: "urn:everyfen:problem:unavailable", status: 503, errors: [] };

  it("takes a refusal that names field and reason", () => {
    expect(faultOfRefusal({ status: 400, headers, body: problem })).to.equal(undefined);
    const later = { ...headers, "retry-after": "5" };
    expect(faultOfRefusal({ status: 503, headers: later, body: busy })).to.equal(undefined);
  });

  it("hears what is none", () => {
    const { errors: _, ...unnamed } = problem;
    const wrong = [
      { status: 500, headers, body: { ...problem, status: 500 } },
      { status: 503, headers, body: busy },
      { status: 400, headers: { "content-type": "text/html" }, body: problem },
      { status: 400, headers, body: { ...problem, status: 422 } },
      { status: 400, headers, body: unnamed },
      { status: 400, headers, body: { ...problem, errors: [{ field: "", reason: "is missing" }] } },
      { status: 400, headers, body: "no" },
    ];
    for (const answer of wrong) expect(faultOfRefusal(answer), JSON.stringify(answer)).to.be.a("string");
  });
});
