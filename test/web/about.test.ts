import { expect } from "chai";
import { openSite } from "./site.ts";

describe("how it works", () => {
  it("tells the worked example with computed figures and names the convention", async () => {
    const site = await openSite();
    for (const language of ["zh", "en"]) {
      const { text } = await site.get(`/${language}/about`);
      for (const figure of [
        "9,900",
        "[1000, 11000)",
        "5,500",
        "4,950",
        "550",
        "3,100",
        "950",
        "1,200",
        "250",
        "278",
      ]) {
        expect(text).to.contain(figure);
      }
      expect(text).to.match(
        language === "zh" ? /克莱顿案.*不是|不是.*克莱顿案/ : /not a physical truth.*Clayton's case/,
      );
    }
    await site.close();
  });
});
