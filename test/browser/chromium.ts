/**
 * A real Chromium from the package registry, with a Chinese font. The binary brings no Chinese glyphs, so a font
 * configuration of our own points at Noto Sans SC and is handed to the browser's process.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import packaged from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

const require = createRequire(import.meta.url);

export interface StartedBrowser {
  readonly browser: Browser;
  /** Ends the browser and removes its font configuration. */
  close(): Promise<void>;
}

const fontConfiguration = (fontsFolder: string, cacheFolder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fontsFolder}</dir>
  <cachedir>${cacheFolder}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
`;

/**
 * Not the package's own arguments: those run everything in one process, which dies with its first closed context,
 * and switch off the very protections that the pages are tested under.
 */
const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--font-render-hinting=none",
  "--disable-dev-shm-usage",
];

/** Starts Chromium headless; the caller must `close` what it gets. */
export const startBrowser = async (): Promise<StartedBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), "everyfen-fonts-"));
  const fontsFolder = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));
  await writeFile(join(folder, "fonts.conf"), fontConfiguration(fontsFolder, join(folder, "cache")));
  const executablePath = await packaged.executablePath();
  const browser = await chromium.launch({
    executablePath,
    args: browserArguments,
    env: { ...process.env, FONTCONFIG_PATH: folder },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
