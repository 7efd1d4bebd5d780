// VitePress' own looks with the reader's own fonts: none is fetched.
import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
// oxlint-disable-next-line import/no-unassigned-import -- how the generator is given a style
import "./style.css";

export default { extends: DefaultTheme } satisfies Theme;
