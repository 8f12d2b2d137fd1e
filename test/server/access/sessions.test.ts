import { expect } from "chai";
import { programmeId } from "../../../protocol/ids.ts";
import { ApiKeys } from "../../../server/access/api-keys.ts";
import { readToken, type KeyProof, type KeyRequest } from "../../../server/access/new-key.ts";
import { Sessions } from "../../../server/access/sessions.ts";
import { onBothStores } from "../database/stores.ts";
import { createKey, revokeKey, rotateKey, secrets } from "./asking.ts";

const minuteMs = 60_000;

onBothStores("the sessions of the desk", (stores) => {
  let nowMs: number;
  let keys: ApiKeys;
  let sessions: Sessions;
  const open = async (): Promise<void> => {
    keys = await ApiKeys.open(stores().place("access.db"), secrets, () => nowMs);
    sessions = new Sessions(keys, () => nowMs);
  };
  beforeEach(async () => {
    nowMs = 1_000;
    await open();
  });
  afterEach(() => keys.close());

  const keyWith = async (...roles: KeyRequest["roles"]): Promise<KeyProof> => {
    const proof = readToken((await createKey(keys, { roles })).token);
    if (proof === undefined) throw new Error("not a key's text");
    return proof;
  };

  it("stand for their key, after a restart and at another gateway too", async () => {
    const key = await keyWith("recorder", "payer");
    const token = await sessions.begin(key);
    await keys.close();
    await open();
    const other = await ApiKeys.open(stores().place("access.db"), secrets);
    const found = await new Sessions(other, () => nowMs).find(token);
    await other.close();
    expect(found).to.deep.equal(await sessions.find(token));
    expect(found?.key).to.deep.equal({ id: key.id, roles: ["recorder", "payer"] });
    expect(found?.endsAtMs).to.equal(1_000 + 480 * minuteMs);
  });

  it("are each another one, of which no text is kept", async () => {
    const key = await keyWith("payer");
    const tokens = [await sessions.begin(key), await sessions.begin(key)];
    expect(new Set(tokens).size).to.equal(2);
    for (const token of tokens) expect(Buffer.from(token, "base64url")).to.have.length(32);
    const rows = await stores().ask("access.db", "SELECT * FROM desk_session");
    const shown = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value)));
    for (const token of tokens) {
      expect(shown.join(" ")).not.to.contain(token);
      expect(shown.join(" ")).not.to.contain(Buffer.from(token, "base64url").toString("latin1"));
    }
  });

  it("are found by nothing else", async () => {
    const token = await sessions.begin(await keyWith("payer"));
    for (const wrong of ["", token.slice(0, -1), `${token}A`, token.toLowerCase(), "A".repeat(43)]) {
      expect(await sessions.find(wrong), wrong).to.equal(undefined);
    }
  });

  it("end 30 minutes after the last request, and 8 hours after they began", async () => {
    const token = await sessions.begin(await keyWith("payer"));
    const begunMs = nowMs;
    for (let at = 29; at < 480; at += 29) {
      nowMs = begunMs + at * minuteMs;
      expect(await sessions.find(token), `minute ${at}`).not.to.equal(undefined);
    }
    nowMs = begunMs + 480 * minuteMs;
    expect(await sessions.find(token)).to.equal(undefined);

    const idle = await sessions.begin(await keyWith("payer"));
    nowMs += 30 * minuteMs - 1;
    expect(await sessions.find(idle)).not.to.equal(undefined);
    nowMs += 30 * minuteMs;
    expect(await sessions.find(idle)).to.equal(undefined);
  });

  it("end with their key", async () => {
    const key = await keyWith("payer");
    const other = await sessions.begin(await keyWith("payer"));
    const token = await sessions.begin(key);
    await revokeKey(keys, key.id);
    expect(await sessions.find(token)).to.equal(undefined);
    expect(await sessions.find(other)).not.to.equal(undefined);
  });

  it("end with the secret that was typed, once the key has another one", async () => {
    const key = await keyWith("payer");
    const token = await sessions.begin(key);
    const rotated = await rotateKey(keys, key.id, minuteMs);
    const after = await sessions.begin(readToken(rotated.token ?? "") ?? key);
    nowMs += minuteMs - 1;
    expect(await sessions.find(token)).not.to.equal(undefined);
    nowMs += 1;
    expect(await sessions.find(token)).to.equal(undefined);
    expect((await sessions.find(after))?.key.id).to.equal(key.id);
  });

  it("end when their key expires, and know which programmes it is for", async () => {
    const programmes = [programmeId(3)];
    const { token } = await createKey(keys, { roles: ["payer"], programmes, expiresAtMs: nowMs + minuteMs });
    const session = await sessions.begin(readToken(token) ?? (await keyWith("payer")));
    expect((await sessions.find(session))?.key.programmes).to.deep.equal(programmes);
    nowMs += minuteMs;
    expect(await sessions.find(session)).to.equal(undefined);
  });

  it("end alone, or all of the key together", async () => {
    const key = await keyWith("payer");
    const stranger = await sessions.begin(await keyWith("payer"));
    const tokens = [await sessions.begin(key), await sessions.begin(key), await sessions.begin(key)];
    const inForce = async (): Promise<readonly boolean[]> => {
      const found = [];
      for (const token of tokens) found.push((await sessions.find(token)) !== undefined);
      return found;
    };
    await sessions.end(tokens[1] ?? "");
    expect(await inForce()).to.deep.equal([true, false, true]);
    await sessions.endAll(tokens[1] ?? "");
    expect(await inForce(), "by one that is over").to.deep.equal([true, false, true]);
    await sessions.endAll(tokens[0] ?? "");
    expect(await inForce()).to.deep.equal([false, false, false]);
    expect(await sessions.find(stranger)).not.to.equal(undefined);
  });

  it("are five of a key at most, the latest", async () => {
    const key = await keyWith("payer");
    const tokens = [];
    for (let count = 0; count < 7; count += 1) {
      nowMs += 1;
      tokens.push(await sessions.begin(key));
    }
    const found = [];
    for (const token of tokens) found.push((await sessions.find(token)) !== undefined);
    expect(found).to.deep.equal([false, false, true, true, true, true, true]);
  });

  it("do not go on for longer where the clock is set back, and leave nothing behind then", async () => {
    nowMs = 100 * 480 * minuteMs;
    const key = await keyWith("payer");
    const token = await sessions.begin(key);
    nowMs -= minuteMs;
    expect(await sessions.find(token), "another gateway's clock").not.to.equal(undefined);
    nowMs -= 1;
    expect(await sessions.find(token)).to.equal(undefined);
    const after = await sessions.begin(key);
    expect(await sessions.find(after)).not.to.equal(undefined);
    expect(await stores().ask("access.db", "SELECT api_key FROM desk_session")).to.have.length(1);
  });

  it("leave nothing behind once they are over and another one begins", async () => {
    await sessions.begin(await keyWith("payer"));
    nowMs += 30 * minuteMs;
    await sessions.begin(await keyWith("payer"));
    expect(await stores().ask("access.db", "SELECT api_key FROM desk_session")).to.have.length(1);
  });
});
