import { sql } from "kysely";
import type { Page } from "playwright-core";
import { log, startConversation } from "../app.ts";
import { password, signIn } from "../people.ts";
import { tamper } from "../tamper.ts";
import type { Camera } from "./camera.ts";
import { close, fillList, longName, me, row, type Stage, stranger, talkInAllWays } from "./stage.ts";

/** The conversation with mira is open. */
export async function takeDialogs({ page, camera }: Stage): Promise<void> {
  const message = log(page).getByRole("article").filter({ hasText: "the right green" });
  const openMenu = async () => {
    await close(page);
    await message.click({ button: "right" });
    await page.getByRole("menu").waitFor();
  };
  await camera.take("message-menu", openMenu);
  await camera.takeLow("message-menu", openMenu);
  for (const name of ["Details", "Forward", "Delete"]) {
    await openMenu();
    await page.getByRole("menuitem", { name, exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await camera.take(name.toLowerCase());
  }
  await openMenu();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await camera.take("edit");
  await page.getByRole("button", { name: "Stop editing" }).click();
  await openMenu();
  await page.getByRole("menuitem", { name: "Reply" }).click();
  await page.getByRole("textbox", { name: "Message" }).fill("That :tad");
  await page.getByRole("listbox", { name: "Matching emoji" }).waitFor();
  await camera.take("reply");
  await camera.takeLow("reply");
  await page.getByRole("textbox", { name: "Message" }).fill("");
  await page.getByRole("button", { name: "Don't reply" }).click();
  const openEmoji = async () => {
    await close(page);
    await page.getByRole("button", { name: "Insert emoji" }).click();
    await page.getByRole("searchbox", { name: "Search emoji" }).waitFor();
  };
  await camera.take("emoji", openEmoji);
  await camera.takeLow("emoji", openEmoji);
  await close(page);
}

export async function takePalettes({ page, camera }: Stage): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("green");
  await page.locator("[role=option] mark").first().waitFor();
  await camera.take("search");
  await camera.takeLow("search");
  await page.getByRole("button", { name: "Filters" }).click();
  await camera.take("search-filters");
  await page.getByRole("combobox", { name: "Search people and messages" }).fill("nowhere to be found");
  await page.getByText("Nothing found").waitFor();
  await camera.take("search-nothing");
  await close(page);
  await page.getByRole("button", { name: "New conversation" }).first().click();
  await page.getByRole("textbox", { name: "Find people" }).fill("jonas");
  await page.getByRole("dialog").getByText("jonas", { exact: true }).waitFor();
  await camera.take("find-people");
  await page.getByRole("textbox", { name: "Find people" }).fill("nobody");
  await page.getByText("Nobody here").waitFor();
  await camera.take("find-nobody");
  await close(page);
  await page.locator("body").click({ position: { x: 4, y: 400 } });
  await page.keyboard.press("Shift+?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await camera.take("shortcuts");
  await close(page);
}

export async function takeChats(stage: Stage): Promise<void> {
  const { page, camera, visit } = stage;
  await visit("/");
  await row(page, "jonas").click();
  await talkInAllWays(stage);
  await camera.take("chat-all-ways");
  const edited = log(page).getByRole("article").filter({ hasText: "shorter now" }).first();
  await edited.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Details" }).click();
  await page.getByText("What it said before").waitFor();
  await camera.take("edit-history");
  await close(page);
  await fillList(stage);
  await camera.take("conversations-all-ways");
  await page.getByRole("button", { name: "1 archived" }).click();
  await camera.take("conversation-menu", async () => {
    await close(page);
    await row(page, "elif").click({ button: "right" });
    await page.getByRole("menu").waitFor();
  });
  await close(page);
  await row(page, longName).click();
  await camera.take("chat-long-name");
  const openOptions = async () => {
    await close(page);
    await page.getByRole("button", { name: "Options", exact: true }).click();
    await page.getByRole("menu").waitFor();
  };
  await camera.take("chat-options", openOptions);
  await openOptions();
  await page.getByRole("menuitem", { name: "Block" }).click();
  await page.getByRole("dialog").waitFor();
  await camera.take("block");
  await page.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
  await page.getByText("You have blocked").waitFor();
  await camera.take("blocked");
  await page.getByRole("link", { name: "Sotto" }).click();
  await page.getByRole("button", { name: "1 request" }).click();
  await row(page, stranger).click();
  await page.getByText("Do you know").waitFor();
  await camera.take("request");
}

/** From right to left; roles are the same in every language, names are not. */
export async function takeMirrored({ page, camera, visit }: Stage, chatPath: string): Promise<void> {
  await visit(chatPath);
  await camera.take("ar-message-menu", async () => {
    await close(page);
    await page.getByRole("log").getByRole("article").nth(1).click({ button: "right" });
    await page.getByRole("menu").waitFor();
  });
  await close(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("green");
  await page.locator("[role=option] mark").first().waitFor();
  await camera.take("ar-search");
  await close(page);
}

/** What goes wrong; the session is over afterwards. */
export async function takeTroubles({ page, camera, server, jonas, visit }: Stage): Promise<void> {
  await visit("/");
  await page.evaluate(`localStorage.setItem("sotto/recovery-check", "1")`);
  await page.reload();
  await page.getByText("Is your recovery key still").waitFor();
  await row(page, "jonas").click();
  await tamper(
    server,
    sql`
    update users set public_key = (select public_key from users where username = 'mira') where username = 'jonas'`,
  );
  await startConversation(page, "jonas");
  await log(page).getByText("has changed").waitFor();
  await camera.take("key-changed");
  await page.context().setOffline(true);
  await page.getByText("Offline. What you write is sent later.").waitFor();
  await camera.take("offline");
  await page.context().setOffline(false);
  await jonas.close();
  await takeReconnecting(page, camera);
  const second = await signIn(server.url, me);
  await second.changePassword({ oldPassword: password, newPassword: "marmalade violin tundra" });
  await second.close();
  await page.getByText("This session was ended").waitFor();
  await camera.take("ended");
  await page.getByRole("textbox", { name: "Username" }).fill(me);
  await page.getByRole("textbox", { name: "Password" }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("The username or the password is wrong.").waitFor();
  await camera.take("wrong-password");
}

/** A server that takes its time: one that is not there counts as no network. */
async function takeReconnecting(page: Page, camera: Camera): Promise<void> {
  const wayIn = /\/api\/trpc\/auth\.(refresh|ticket)/;
  let answers: () => void = () => {};
  const silence = new Promise<void>((resolve) => (answers = resolve));
  await page.context().route(wayIn, async (route) => {
    await silence;
    await route.continue();
  });
  await page.reload();
  const banner = page.getByText("Connecting. What you write waits here.");
  await banner.waitFor();
  await page.getByText("Connecting…", { exact: true }).waitFor();
  await camera.take("reconnecting");
  answers();
  await banner.waitFor({ state: "detached" });
  await page.context().unroute(wayIn);
}
