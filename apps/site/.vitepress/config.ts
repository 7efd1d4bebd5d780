// How the site is made of the pages: two languages, a search of its own, nothing from another host.
import { defineConfig } from "vitepress";
import { sidebars } from "../src/sidebar.ts";
import { slug } from "../src/slug.ts";

const { en, zh } = sidebars();
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230f766e'/%3E%3Cpath d='M3 11l3-4 3 2 4-6' stroke='white' stroke-width='1.6' fill='none'/%3E%3C/svg%3E";

export default defineConfig({
  srcDir: "pages",
  outDir: "dist",
  base: process.env["BP_SITE_BASE"] ?? "/",
  title: "bp",
  description: "A trading toolkit for Backpack Exchange and Aster",
  head: [["link", { rel: "icon", href: icon }]],
  lastUpdated: false,
  markdown: { anchor: { slugify: slug }, toc: { slugify: slug }, headers: { slugify: slug } },
  rewrites: { "api/README.md": "api/index.md" },
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  locales: {
    root: {
      label: "English",
      lang: "en",
      themeConfig: {
        nav: [
          { text: "Quick start", link: "/quick-start" },
          { text: "You come from …", link: "/coming-from/" },
          { text: "Operations", link: "/operations" },
          { text: "Types", link: "/api/" },
        ],
        sidebar: en,
      },
    },
    zh: {
      label: "简体中文",
      lang: "zh-CN",
      link: "/zh/",
      description: "Backpack 与 Aster 交易工具集",
      themeConfig: {
        nav: [
          { text: "快速上手", link: "/zh/quick-start" },
          { text: "迁移", link: "/zh/coming-from/" },
          { text: "运维（英文）", link: "/operations" },
        ],
        sidebar: zh,
        outline: { label: "本页内容" },
        docFooter: { prev: "上一页", next: "下一页" },
        darkModeSwitchLabel: "深色模式",
        lightModeSwitchTitle: "切换到浅色",
        darkModeSwitchTitle: "切换到深色",
        sidebarMenuLabel: "目录",
        returnToTopLabel: "回到顶部",
        langMenuLabel: "切换语言",
        skipToContentLabel: "跳到正文",
      },
    },
  },
  themeConfig: {
    i18nRouting: false, // not every page is there in both
    outline: [2, 3],
    search: {
      provider: "local",
      options: {
        miniSearch: {
          options: {
            // Chinese has no blanks between words: its runs are looked up by pairs of signs.
            tokenize: (text: string) =>
              text.split(/[\s\p{P}]+/u).flatMap((word) => {
                const runs = word.match(/[\p{Script=Han}]+|[^\p{Script=Han}]+/gu) ?? [];
                return runs.flatMap((run) =>
                  /\p{Script=Han}/u.test(run) && run.length > 2
                    ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
                    : [run],
                );
              }),
          },
        },
        locales: {
          zh: {
            translations: {
              button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
              modal: {
                noResultsText: "没有找到",
                resetButtonTitle: "清除",
                displayDetails: "显示详情",
                backButtonTitle: "关闭",
                footer: { selectText: "选择", navigateText: "切换", closeText: "关闭" },
              },
            },
          },
        },
      },
    },
  },
});
