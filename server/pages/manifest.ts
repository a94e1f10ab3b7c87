/** What a telephone needs to know to put Minutier on its first screen. */
import { words } from "./language.ts";
import type { Setting } from "./shell.ts";

/** The web app manifest, as JSON. It opens on the home page, which lists the workshops this browser knows. */
export const manifestOf = ({ language, assets }: Setting): string => {
  const t = words(language);
  const png = (src: string, size: number, purpose = "any"): object => ({
    src,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose,
  });
  return JSON.stringify({
    id: "/",
    name: t("page-name"),
    short_name: t("page-name"),
    description: t("page-colophon"),
    lang: language,
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#f4f1ea",
    theme_color: "#fffdf9",
    icons: [
      { src: assets.icon, sizes: "any", type: "image/svg+xml", purpose: "any" },
      png(assets.icons["192"], 192),
      png(assets.icons["512"], 512),
      png(assets.icons.maskable, 512, "maskable"),
    ],
  });
};
