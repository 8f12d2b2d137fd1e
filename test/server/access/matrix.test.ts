/**
 * Who may ask for what: every endpoint that the API's own description says needs a key, against every kind of key. What
 * is expected follows from the description alone, so that an endpoint without a rule fails.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { claimId } from "../../../protocol/ids.ts";
import { keyRoles, programmeKeyRoles, type KeyRole } from "../../../server/access/roles.ts";
import { openBooks, recorded, type Books } from "../api/books.ts";
import { Description, type Operation } from "../api/description.ts";
import { insure, statementOf, type Insured } from "../api/insured.ts";
import { at } from "../service.ts";
import { placesOf, smallestRequestOf, type Named, type SmallestRequest } from "./smallest-request.ts";

/**
 * Questions that are asked by POST, because what they ask may not stand in an address, and what a replica says, which its
 * own signature is enough for. Nothing else is open.
 */
const openWrites = ["POST /rpc", "POST /v1/donations/find", "POST /v1/replicas/agreements"];
const overlapSeconds = 60;

const roleOf = ({ description }: Operation): unknown => at(description, "x-role");

describe("the matrix of who may ask for what", function () {
  this.timeout(60_000);
  let books: Books;
  let insured: Insured;
  let description: Description;
  let guarded: readonly Operation[];
  let own: Named;
  let other: Named;

  before(async () => {
    books = await openBooks();
    insured = await insure(books);
    const finding = { programme: books.insurance, statement: statementOf("own finding") };
    const opened = recorded(await books.service.post("/v1/findings", finding));
    const number = at(opened.body, "operations", 0, "records", 0, "finding");
    own = { programme: books.insurance, claim: books.filed, payout: "1", finding: String(number) };
    other = {
      programme: insured.city,
      claim: insured.claims.held,
      payout: String(insured.payouts[0]),
      finding: "3",
    };
    description = await Description.of(books.service);
    guarded = description.operations.filter((operation) => roleOf(operation) !== undefined);
  });
  after(() => books.service.close());

  const ask = async (
    operation: Operation,
    { url, body }: SmallestRequest,
    token: string | undefined,
  ): Promise<number> => {
    const response = await books.service.app.inject({
      method: operation.method === "GET" ? "GET" : operation.method === "DELETE" ? "DELETE" : "POST",
      url,
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      headers: {
        "idempotency-key": `matrix ${operation.name}`.replaceAll(/[^a-z0-9/]/gi, "-"),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    return response.statusCode;
  };
  const make = async (fields: object): Promise<string> =>
    String(at((await books.service.post("/v1/keys", fields)).body, "key"));
  const idOf = (token: string): string => token.split("_")[1] ?? "";
  const revoke = (token: string) =>
    books.service.app.inject({
      method: "DELETE",
      url: `/v1/keys/${idOf(token)}`,
      headers: { authorization: `Bearer ${books.service.key}`, "idempotency-key": `revoke-${idOf(token)}` },
    });
  const rotate = async (token: string): Promise<string> =>
    String(at((await books.service.post(`/v1/keys/${idOf(token)}/rotate`, { overlapSeconds })).body, "key"));

  type Answer = 401 | 403 | "let through";
  const answerOf = (status: number): Answer => (status === 401 || status === 403 ? status : "let through");

  /** Asks every operation with a key of every role and says where the answer is not as expected. */
  const faults = async (
    roles: readonly KeyRole[],
    named: Named,
    tokenOf: (role: KeyRole) => string | undefined,
    expected: (operation: Operation, role: KeyRole) => Answer,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const operation of guarded) {
      const request = smallestRequestOf(operation, named);
      for (const role of roles) {
        const answer = answerOf(await ask(operation, request, tokenOf(role)));
        const wanted = expected(operation, role);
        if (answer !== wanted) found.push(`${operation.name} as ${role}: ${answer}, expected ${wanted}`);
      }
    }
    return found;
  };
  const byRole = (operation: Operation, role: KeyRole): Answer =>
    role === roleOf(operation) || role === "admin" ? "let through" : 403;
  const keysOf = async (roles: readonly KeyRole[], fields: object = {}): Promise<Map<KeyRole, string>> => {
    const tokens = new Map<KeyRole, string>();
    for (const role of roles) tokens.set(role, await make({ roles: [role], ...fields }));
    return tokens;
  };

  it("has a row for every endpoint that writes, but for the open questions, and a rule for every row", () => {
    const writes = description.operations.filter(({ method }) => method !== "GET");
    const unruled = writes.filter((operation) => roleOf(operation) === undefined).map(({ name }) => name);
    expect([...unruled].sort()).to.deep.equal(openWrites);
    expect(guarded.length).to.be.greaterThan(35);
    for (const operation of guarded) {
      const { name, description: described } = operation;
      expect(at(described, "security"), name).to.deep.equal([{ apiKey: [] }]);
      expect(keyRoles, name).to.include(roleOf(operation));
      const concerns = at(described, "x-concerns");
      if (concerns !== "everything") expect(placesOf(operation), name).to.not.deep.equal([]);
    }
  });

  it("is written down for whoever asks for a key", () => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "desk.md"), "utf8");
    const rows = [...page.matchAll(/^\| (\w+) +\| `([A-Z]+ [^`]+)` +\|/gm)];
    const written = guarded.filter(({ method }) => method !== "GET");
    expect(Object.fromEntries(rows.map(([, role, operation]) => [operation, role]))).to.deep.equal(
      Object.fromEntries(written.map((operation) => [operation.name, roleOf(operation)])),
    );
    expect(rows).to.have.length(written.length);
  });

  it("lets only the right role and admin through, with a key that is bound to no programme", async () => {
    const tokens = await keysOf(keyRoles);
    expect(await faults(keyRoles, own, (role) => tokens.get(role), byRole)).to.deep.equal([]);
  });

  it("lets a key of some programmes through to these, and to nothing that concerns another or all", async () => {
    const tokens = await keysOf(programmeKeyRoles, { programmes: [own["programme"]] });
    const ofPlaces = (operation: Operation, role: KeyRole): Answer =>
      placesOf(operation).length === 0 ? 403 : byRole(operation, role);
    expect(await faults(programmeKeyRoles, own, (role) => tokens.get(role), ofPlaces)).to.deep.equal([]);
    expect(
      await faults(
        programmeKeyRoles,
        other,
        (role) => tokens.get(role),
        () => 403,
      ),
    ).to.deep.equal([]);
    const both = await keysOf(programmeKeyRoles, { programmes: [own["programme"], other["programme"]] });
    expect(await faults(programmeKeyRoles, other, (role) => both.get(role), ofPlaces)).to.deep.equal([]);
  });

  it("lets a key of a programme through with none of a request that names another one beside its own", async () => {
    const token = await make({ roles: ["payer"], programmes: [own["programme"]] });
    const claims = [own["claim"], other["claim"]].map((claim) => ({ claim, paymentNumber: "INVENTED-1" }));
    for (const asked of [claims, claims.toReversed()]) {
      const answer = await books.service.post(
        "/v1/claims/pay",
        { claims: asked },
        { authorization: `Bearer ${token}` },
      );
      expect(answer.status).to.equal(403);
      const index = asked.findIndex(({ claim }) => claim === other["claim"]);
      expect(at(answer.body, "errors", 0, "field")).to.equal(`claims[${index}].claim`);
    }
  });

  it("lets a key of a programme say nothing about the whole ledger, or about what does not exist", async () => {
    const fields = { roles: ["auditor", "payer"], programmes: [own["programme"]] };
    const authorization = `Bearer ${await make(fields)}`;
    const statement = statementOf("whole ledger");
    const whole = await books.service.post("/v1/attestations", { statement }, { authorization });
    expect(whole.status).to.equal(403);
    const opened = recorded(await books.service.post("/v1/findings", { statement }));
    const finding = String(at(opened.body, "operations", 0, "records", 0, "finding"));
    const close = (number: string) =>
      books.service.post(`/v1/findings/${number}/close`, { statement }, { authorization });
    expect((await close(finding)).status).to.equal(403);
    expect((await close("99")).status).to.equal(422);
    const payout = await books.service.post("/v1/payouts/99/return", { voucher: "V" }, { authorization });
    expect([payout.status, at(payout.body, "detail")]).to.deep.equal([422, "payout: no payout 99"]);
    const paying = {
      claims: [{ claim: encodeCode({ kind: "claim", claim: claimId(99) }), paymentNumber: "N" }],
    };
    const claim = await books.service.post("/v1/claims/pay", paying, { authorization });
    expect([claim.status, at(claim.body, "detail")]).to.deep.equal([422, "claims[0].claim: no claim 99"]);
  });

  it("lets nobody through without a key, and with one that was revoked or is over", async () => {
    const revoked = await keysOf(keyRoles);
    for (const token of revoked.values()) await revoke(token);
    const over = await keysOf(keyRoles, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    books.service.wait(3_600_000);
    const none = () => undefined;
    for (const tokenOf of [none, (role: KeyRole) => revoked.get(role), (role: KeyRole) => over.get(role)]) {
      expect(await faults(keyRoles, own, tokenOf, () => 401)).to.deep.equal([]);
    }
  });

  it("lets the text before a rotation through until the overlap ends, and the new one from the start", async () => {
    const before = await keysOf(keyRoles);
    const after = new Map<KeyRole, string>();
    for (const [role, token] of before) after.set(role, await rotate(token));
    for (const tokens of [before, after]) {
      expect(await faults(keyRoles, own, (role) => tokens.get(role), byRole)).to.deep.equal([]);
    }
    books.service.wait(overlapSeconds * 1_000);
    expect(
      await faults(
        keyRoles,
        own,
        (role) => before.get(role),
        () => 401,
      ),
    ).to.deep.equal([]);
    expect(await faults(keyRoles, own, (role) => after.get(role), byRole)).to.deep.equal([]);
  });
});
