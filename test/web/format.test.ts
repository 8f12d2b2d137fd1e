import { expect } from "chai";
import { dayStart } from "../../protocol/calendar.ts";
import { laidEndToEnd, scaledWidth } from "../../web/charts/scale.ts";
import { dayText, momentText, monthText } from "../../web/format/moments.ts";
import { durationText } from "../../web/format/duration.ts";
import { grouped, money, signedMoney } from "../../web/format/money.ts";
import { basisPoints, percentage, percentages, roundedPercentage } from "../../web/format/percentages.ts";
import { languages, words } from "../../web/words/languages.ts";

const hundredths = (share: string): number => Math.round(Number(share.replace("%", "")) * 100);

describe("figures on pages", () => {
  it("writes amounts to the fen, grouped, with the currency's sign or code", () => {
    expect(money(123_405n, "CNY")).to.equal("¥1,234.05");
    expect(money(5n, "CNY")).to.equal("¥0.05");
    expect(money(69_791_903_180n, "CNY")).to.equal("¥697,919,031.80");
    expect(money(100n, "USD")).to.equal("USD 1.00");
    expect(grouped(1_000_000)).to.equal("1,000,000");
  });

  it("gives shares that add up to exactly 100.00%, whatever the parts", () => {
    for (const parts of [
      [1n, 1n, 1n],
      [1n, 999_999n],
      [0n, 7n],
      [3n, 3n, 3n, 3n, 5n],
      [1n, 2n, 2n ** 90n],
    ]) {
      const shares = percentages(parts) ?? [];
      expect(shares.map(hundredths).reduce((a, b) => a + b, 0)).to.equal(10_000);
      parts.forEach((part, at) => {
        const exact = Number((part * 1_000_000n) / parts.reduce((a, b) => a + b, 0n)) / 100;
        expect(Math.abs(hundredths(shares[at] ?? "") - exact)).to.be.at.most(1);
      });
    }
  });

  it("has no share of nothing", () => {
    expect(percentages([0n, 0n])).to.equal(undefined);
    expect(percentage(0n, 0n)).to.equal(undefined);
  });

  it("rounds a lone share down and trims a promise", () => {
    expect(percentage(1n, 3n)).to.equal("33.33%");
    expect(basisPoints(9000)).to.equal("90%");
    expect(basisPoints(9250)).to.equal("92.5%");
    expect(basisPoints(10_000)).to.equal("100%");
    expect(basisPoints(0)).to.equal("0%");
  });

  it("rounds a rate to the nearest tenth, and to 100.0% only where nothing is missing", () => {
    expect(roundedPercentage(1_580n, 4_225n)).to.equal("37.4%");
    expect(roundedPercentage(1n, 8n)).to.equal("12.5%");
    expect(roundedPercentage(1n, 16n)).to.equal("6.3%");
    expect(roundedPercentage(9_999n, 10_000n)).to.equal("99.9%");
    expect(roundedPercentage(7n, 7n)).to.equal("100.0%");
    expect(roundedPercentage(0n, 0n)).to.equal(undefined);
  });

  it("writes an amount below zero with its sign before the currency", () => {
    expect(signedMoney(-123_405n, "CNY")).to.equal("−¥1,234.05");
    expect(signedMoney(0n, "CNY")).to.equal("¥0.00");
  });

  it("writes how long something took in its two largest units, never shorter than it was", () => {
    const shown = (seconds: number): readonly string[] =>
      languages.map((language) => durationText(seconds, words[language]).toString());
    expect(shown(0)).to.deep.equal(["1 分钟", "1 minute"]);
    expect(shown(61)).to.deep.equal(["2 分钟", "2 minutes"]);
    expect(shown(3_600)).to.deep.equal(["1 小时", "1 hour"]);
    expect(shown(3_601)).to.deep.equal(["1 小时 1 分钟", "1 hour 1 minute"]);
    expect(shown(86_400)).to.deep.equal(["1 天", "1 day"]);
    expect(shown(86_401)).to.deep.equal(["1 天 1 小时", "1 day 1 hour"]);
    expect(shown(3 * 86_400 - 1)).to.deep.equal(["3 天", "3 days"]);
  });

  it("writes days and times of Asia/Shanghai wherever the machine stands", () => {
    const lastSecond = dayStart(20191201) - 1;
    expect(dayText(20191130, "zh").toString()).to.contain("2019年11月30日");
    expect(dayText(20191130, "en").toString()).to.contain("30 November 2019");
    expect(momentText(lastSecond, "en").toString()).to.contain("30 November 2019, 23:59");
    expect(momentText(lastSecond, "zh").toString()).to.contain("2019年11月30日 23:59");
    expect(momentText(lastSecond, "zh").toString()).to.contain('datetime="2019-11-30T23:59:59+08:00"');
    expect(monthText(lastSecond, "zh").toString()).to.contain("2019年11月");
  });

  it("draws one fen in a million and still fills the bar exactly", () => {
    const runs = laidEndToEnd([1n, 100_000_000n, 1n]);
    expect(runs.every((run) => run.width > 0)).to.equal(true);
    const last = runs.at(-1);
    expect(Math.abs((last?.x ?? 0) + (last?.width ?? 0) - 1000)).to.be.below(0.2);
    expect(scaledWidth(0n, 10n)).to.equal(0);
    expect(laidEndToEnd([0n, 0n]).every((run) => run.width === 0)).to.equal(true);
  });
});
