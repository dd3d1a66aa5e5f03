import { loadLaterWords } from "../lib/language.ts";

const loadScreens = () => import("./later-screens.ts");

/** What the first screen can do without, and its words. */
export async function later() {
  const [screens] = await Promise.all([loadScreens(), loadLaterWords()]);
  return screens;
}
