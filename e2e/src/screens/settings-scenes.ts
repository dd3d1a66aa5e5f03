import { signIn } from "../people.ts";
import { me, type Stage } from "./stage.ts";

export async function takeSettings({ page, camera, server, visit }: Stage): Promise<void> {
  const second = await signIn(server.url, me);
  await visit("/settings");
  await page.getByRole("button", { name: "Sign out all others" }).waitFor();
  for (const title of ["Privacy", "Signed in on", "Recovery key", "Export", "Your data"]) {
    await camera.take(`settings-${title.toLowerCase().replaceAll(" ", "-")}`, () => show(title));
  }
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "As data (JSON)" }).click(),
  ]);
  await page.locator("input[type=file]").setInputFiles(await download.path());
  await page.getByText("Nothing new to import.").waitFor();
  await camera.take("settings-imported", () => show("Export"));
  await page.getByRole("button", { name: "Delete the account" }).click();
  await camera.take("settings-delete", () => show("Your data"));
  await page.getByRole("button", { name: "Make a new one" }).click();
  await page.getByText("Save this new key first.").waitFor();
  await camera.take("settings-new-key", () => show("Recovery key"));
  await page.getByRole("button", { name: "Change password" }).first().click();
  await page.getByRole("textbox", { name: "Current password" }).first().fill("not this one");
  await page.getByRole("textbox", { name: "New password" }).fill("marmalade violin tundra");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("The current password is wrong.").waitFor();
  await camera.take("settings-wrong-password", () => show("Account"));
  await second.close();

  async function show(title: string): Promise<void> {
    const heading = page.getByRole("heading", { name: title, exact: true }).first();
    await heading.evaluate((node) => node.scrollIntoView());
  }
}

export async function takeGallery({ page, camera, visit }: Stage): Promise<void> {
  await visit("/gallery");
  for (const title of ["Controls", "Messages", "Conversations"]) {
    await camera.take(`gallery-${title.toLowerCase()}`, async () => {
      const heading = page.getByRole("main").getByRole("heading", { name: title, exact: true });
      await heading.evaluate((node) => node.scrollIntoView());
    });
  }
  await camera.take("gallery-notices", async () => {
    await page.getByText("Something dangerous.").evaluate((node) => node.scrollIntoView(false));
  });
  await camera.take("gallery-broken", async () => {
    await page.getByText("Liked.").evaluate((node) => node.scrollIntoView(false));
  });
}
