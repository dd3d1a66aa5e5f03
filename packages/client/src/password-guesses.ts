import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";

const estimator = new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });

/** How many tries someone who knows common passwords, keyboard patterns and the name would need. Loaded at sign-up only. */
export function estimateGuesses(password: string, username: string): number {
  return estimator.check(password, [username, "sotto"]).guesses;
}
