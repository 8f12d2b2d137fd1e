/** Small requests about claims share a transaction, and each is answered as if it had been alone. */
import { expect } from "chai";
import type { OperationView } from "../../../protocol/ports/desk.ts";
import { claimOf, indexed, openBooks, recorded, year, type Books } from "../api/books.ts";
import { at, listAt, newYear2019, type Answer } from "../service.ts";
import { holdingBlocks } from "./faults.ts";

describe("small requests that wait together", function () {
  this.timeout(120_000);
  let books: Books;
  beforeEach(async () => {
    books = await openBooks();
  });
  afterEach(() => books.service.close());

  type Request = readonly [key: string, path: string, body: object | undefined];
  const filing = (key: string, ...people: readonly number[]): Request => [
    key,
    "/v1/claims",
    { claims: people.map((person) => claimOf(books.insurance, "10", `S-${key}-${person}`, person)) },
  ];
  const send = ([key, path, body]: Request, prefer: string): Promise<Answer> =>
    books.service.post(path, body, { "idempotency-key": key, prefer });
  /** All of them under way before the first block is made. */
  const together = async (requests: readonly Request[]): Promise<readonly Answer[]> => {
    const release = holdingBlocks(books.service);
    for (const request of requests) expect((await send(request, "")).status).to.equal(202);
    release();
    return Promise.all(requests.map((request) => send(request, "wait=30")));
  };
  const viewOf = async (answer: Answer): Promise<OperationView> => {
    const id = String(at(answer.body, "operations", 0, "operation"));
    const view = await books.service.gateway.desk.operation(id);
    if (view === undefined) throw new Error(`no operation in ${JSON.stringify(answer.body)}`);
    return view;
  };

  it("land in one transaction, each with its own events and place", async () => {
    // The first is alone in its block: the others wait behind it.
    const answers = await together([
      filing("first", 20),
      filing("one", 21),
      filing("two", 22, 23),
      filing("three", 24),
    ]);
    const [first, one, two, three] = await Promise.all(answers.map((answer) => viewOf(recorded(answer))));
    const transaction = one?.place?.transactionHash;
    expect([two, three].map((view) => view?.place?.transactionHash)).to.deep.equal([
      transaction,
      transaction,
    ]);
    expect(first?.place?.transactionHash).not.to.equal(transaction);
    const claims = [one, two, three].map((view) =>
      view?.events.map((event) => (event.type === "ClaimFiled" ? event.claim : event.type)),
    );
    expect(claims).to.deep.equal([[7], [8, 9], [10]]);
    expect([one, two, three].map((view) => view?.place?.logIndex)).to.deep.equal([0, 1, 3]);
  });

  it("land without the one that is refused, in the order in which they were asked for", async () => {
    const [head = "", second = ""] = books.approved;
    const paying = (key: string, claim: string): Request => [
      key,
      "/v1/claims/pay",
      { claims: [{ claim, paymentNumber: `N-${key}` }] },
    ];
    const answers = await together([
      filing("before", 20),
      paying("right", head),
      paying("wrong", second),
      paying("again", head),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 409, 409]);
    expect(at(answers[2]?.body, "detail")).to.match(/^ReserveTooSmall: /);
    expect(at(answers[3]?.body, "detail")).to.match(/^WrongClaimState: /);
    const [, paid] = await Promise.all(answers.slice(0, 2).map(viewOf));
    expect(paid?.events.map(({ type }) => type)).to.deep.equal(["ClaimPaid"]);
  });

  it("tell who saw the period end first", async () => {
    books.service.clock.advanceTo(newYear2019 + year + 40 * 86_400);
    const answers = await together([
      ["before", "/v1/heads", undefined],
      filing("one", 21),
      filing("two", 22),
    ]);
    const [, one, two] = await Promise.all(answers.map((answer) => viewOf(recorded(answer))));
    expect(one?.events.map(({ type }) => type)).to.deep.equal(["PeriodClosed", "ClaimFiled"]);
    expect(two?.events.map(({ type }) => type)).to.deep.equal(["ClaimFiled"]);
    expect(one?.place?.transactionHash).to.equal(two?.place?.transactionHash);
  });

  it("are the same after a restart, block by block", async () => {
    const requests = [filing("first", 20), filing("one", 21), filing("two", 22)];
    const before = await together(requests);
    await indexed(books.service);
    const head = await books.service.gateway.chain.head();
    await books.service.restart();
    expect(await books.service.gateway.chain.head()).to.deep.equal(head);
    const after = await Promise.all(requests.map((request) => send(request, "wait=30")));
    expect(after.map(({ body }) => body)).to.deep.equal(before.map(({ body }) => body));
    expect(listAt(after[1]?.body, "operations", 0, "records")).to.have.length(1);
  });
});
