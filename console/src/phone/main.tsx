import "../shared/theme/fonts.css";
import "./phone.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { preferredLocale } from "../shared/i18n/locale";
import { App } from "./App";
import { speak } from "./shared/language";
import { applyScheme } from "./shared/scheme";

const root = document.getElementById("root");
if (!root) throw new Error("#root is missing");

applyScheme();
await speak(preferredLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
