/** What the first screen can do without. */
export const later = () => import("./later-screens.ts");
