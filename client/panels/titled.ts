/** The title of the page: what it shows at this moment, so that tabs and histories can be told apart by ear. */
import { useEffect } from "preact/hooks";
import { t } from "../language.ts";

/** Names the page; give it a whole phrase ("Rejoindre : …"), the name of the house is put behind. */
export const useTitle = (words: string): void => {
  useEffect(() => {
    document.title = `${words} · ${t("page-name")}`;
  }, [words]);
};
