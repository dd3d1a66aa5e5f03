import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

const images = new URL("../../../docs/images/", import.meta.url).pathname;
const shown = new Set(["chat-light", "chat-phone-dark", "search-dark", "person-light"]);
const sizes = { "": { width: 1280, height: 800 }, "phone-": { width: 390, height: 844 } };
export const wide = sizes[""];

export type Camera = {
  /** In both sizes and both colour schemes. What closes when the window changes is opened by `open`, once for each size. */
  take(screen: string, open?: () => Promise<void>): Promise<void>;
  /** With the keyboard of a phone on the screen. */
  takeLow(screen: string, open?: () => Promise<void>): Promise<void>;
};

export async function createCamera(page: Page, folder: string): Promise<Camera> {
  await mkdir(folder, { recursive: true });

  async function shoot(name: string): Promise<void> {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, animations: "disabled" });
    if (shown.has(name)) await copyFile(path, join(images, `${name}.png`));
  }

  async function shootBoth(name: string): Promise<void> {
    await page.evaluate("document.fonts.ready.then(() => true)");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(`${name}-${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
  }

  return {
    take: async (screen, open) => {
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        await open?.();
        await shootBoth(size === "" ? screen : `${screen}-phone`);
      }
      await page.setViewportSize(wide);
    },
    takeLow: async (screen, open) => {
      await page.setViewportSize({ width: 390, height: 400 });
      await open?.();
      await shootBoth(`${screen}-low`);
      await page.setViewportSize(wide);
    },
  };
}
