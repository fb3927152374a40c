// Runs before the first paint, as a file because the content policy forbids inline scripts.
try {
  const stored = localStorage.getItem("mantine-color-scheme-value");
  const dark =
    stored === "dark" || (stored !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
} catch {
  document.documentElement.setAttribute("data-mantine-color-scheme", "light");
}
