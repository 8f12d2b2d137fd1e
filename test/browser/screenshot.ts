/** Screenshots for people to look at, kept as test output. */
import type { Page } from "playwright-core";

const tries = 3;

/**
 * Keeps the whole page as `file`. The browser now and then fails to capture a tall page while the machine is busy;
 * that says nothing about the page, so it is asked again before the test fails.
 */
export const keepScreenshot = async (page: Page, file: string): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await page.screenshot({ path: file, fullPage: true });
      return;
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
};
