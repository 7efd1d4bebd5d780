// How the page is built: relative addresses, no inline script or style, and names that change with what is in a file.
import { defineConfig } from "vite";

const target = process.env["BOT_DOOR"] ?? "http://127.0.0.1:4480";
const door = { target, changeOrigin: true, headers: { origin: target } };

export default defineConfig({
  base: "./",
  // `vite` alone serves the page from its sources, over a bot that runs: open it with the `#…` of the address that the bot has printed.
  server: { host: "127.0.0.1", proxy: { "/api": door, "/reports": door } },
  build: {
    // Of 2024 and later: light-dark(), Baseline. Older ones are told so by what stands in index.html.
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
    // The words of all languages beside each other: their keys are the same, and compress to little where they are near.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "words", test: /words[\\/][\w.]*(?:en|zhCN|zhTW)\.ts$/ }] } },
    },
  },
});
