// How the page is built: relative addresses, no inline script or style, and names that change with what is in a file.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  server: { host: "127.0.0.1" },
  build: {
    // Of 2024 and later: light-dark(), Baseline. Older ones are told so by what stands in index.html.
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
  },
});
