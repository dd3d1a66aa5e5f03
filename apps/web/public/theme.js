// Runs before the first paint, so that a chosen theme never flashes. The choice is made in src/lib/theme.ts.
try {
  const theme = localStorage.getItem("sotto/theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the theme of the system it is.
}
