/** What the style sheet promises: enough contrast in both schemes, targets that a thumb can hit, no foreign font. */
import { expect } from "chai";
import { readdirSync } from "node:fs";
import { parts, styleSheet } from "../../web/style/sheet.ts";

const css = styleSheet();

const coloursIn = (block: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );

const [lightBlock = "", darkBlock = ""] = [...css.matchAll(/:root\s*{([^}]*)}/g)].map(
  ([, block]) => block ?? "",
);
const schemes = { light: coloursIn(lightBlock), dark: { ...coloursIn(lightBlock), ...coloursIn(darkBlock) } };

const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (one = "#000000", other = "#000000"): number => {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
};

describe("the look", () => {
  for (const [scheme, colours] of Object.entries(schemes)) {
    it(`keeps text at 4.5:1 and the outlines of controls and charts at 3:1 in the ${scheme} scheme`, () => {
      const papers = ["paper", "sheet", "note-paper"];
      for (const paper of papers) {
        for (const text of ["ink", "quiet", "accent", "operating", "claims", "notice"]) {
          expect(contrast(colours[text], colours[paper]), `${text} on ${paper}`).to.be.at.least(4.5);
        }
        for (const line of ["field", "claims", "operating", "waiting"]) {
          expect(contrast(colours[line], colours[paper]), `${line} on ${paper}`).to.be.at.least(3);
        }
      }
      for (const text of ["ink", "notice", "quiet", "accent"]) {
        expect(contrast(colours[text], colours["notice-paper"]), `${text} on notice`).to.be.at.least(4.5);
      }
      expect(contrast(colours["on-accent"], colours["accent"])).to.be.at.least(4.5);
    });
  }

  it("is made of every file that is there", () => {
    const files = readdirSync(new URL("../../web/style", import.meta.url)).filter((file) =>
      file.endsWith(".css"),
    );
    expect(files).to.have.members(parts.map((part) => `${part}.css`));
  });

  it("names no font that has to be loaded and no other host", () => {
    expect(css).not.to.match(/@font-face|@import|url\(|https?:/);
  });
});
