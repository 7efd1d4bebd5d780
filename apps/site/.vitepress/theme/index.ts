// VitePress' own looks with the reader's own fonts: none is fetched.
import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

export default { extends: DefaultTheme } satisfies Theme;
