import "./shared/theme/styles";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { activateLocale, preferredLocale } from "./shared/i18n/locale";

const root = document.getElementById("root");
if (!root) throw new Error("#root is missing");

await activateLocale(preferredLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
