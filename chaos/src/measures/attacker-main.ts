/** The process of an attacker: one attack, one answer. */
import { type AttackTask, runAttack } from "./attacks.ts";

process.on("message", (message) => {
  // Only the parent holds the other end of this channel.
  void runAttack(message as AttackTask).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit(0));
