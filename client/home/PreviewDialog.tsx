/** A template filled with its example, on the very sheet real minutes are read on. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../language.ts";
import { Dialog } from "./Dialog.tsx";
import { opened, type Offer } from "./offer.ts";
import { sheetFrom } from "./sheet.ts";

export const PreviewDialog = ({ offer }: { offer: Offer }) => {
  const frame = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");

  useEffect(() => {
    const show = async (): Promise<void> => {
      try {
        frame.current?.replaceChildren(await sheetFrom(offer.address));
        setState("shown");
      } catch {
        setState("failed");
      }
    };
    void show();
  }, [offer.address]);

  return (
    <Dialog heading={t("preview-heading", { title: offer.title })} wide onClose={() => (opened.value = null)}>
      <p role="status" class="soft" hidden={state === "shown"}>
        {t(state === "failed" ? "preview-failed" : "preview-loading")}
      </p>
      {/* Scrolls by keyboard too, so it can hold the focus. */}
      <div class="preview" tabIndex={0} role="region" aria-label={t("preview-heading", { title: offer.title })}>
        <div ref={frame} />
      </div>
      <div class="dialog__foot">
        <button type="button" class="button button--primary" onClick={() => (opened.value = { what: "start", offer })}>
          {t("preview-start")}
        </button>
      </div>
    </Dialog>
  );
};
