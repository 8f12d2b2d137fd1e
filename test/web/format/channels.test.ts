import { expect } from "chai";
import { channels } from "../../../server/desk/actors.ts";
import { channelText } from "../../../web/format/channels.ts";
import { languages, words } from "../../../web/words/languages.ts";

describe("a channel's name", () => {
  it("is one that a donor knows, in both languages, for every channel that a ledger begins with", () => {
    for (const language of languages) {
      for (const channel of channels) {
        expect(words[language].channels, `${channel} in ${language}`).to.have.property(channel);
      }
    }
    expect(channelText("alipay", words.zh)).to.equal("支付宝");
    expect(channelText("wechat", words.en)).to.equal("WeChat Pay");
  });

  it("is its id where it has none, whatever the id is called", () => {
    for (const channel of ["invented-pay", "constructor", "toString"]) {
      expect(channelText(channel, words.en)).to.equal(channel);
    }
  });
});
