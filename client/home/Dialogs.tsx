/** The dialog that is open over the gallery, if any. */
import { opened } from "./offer.ts";
import { PreviewDialog } from "./PreviewDialog.tsx";
import { StartDialog } from "./StartDialog.tsx";

export const Dialogs = ({ passphrase }: { passphrase: boolean }) => {
  const dialog = opened.value;
  if (!dialog) return null;
  const { offer } = dialog;
  return dialog.what === "start" ? (
    <StartDialog key={offer.id} offer={offer} passphrase={passphrase} />
  ) : (
    <PreviewDialog key={offer.id} offer={offer} />
  );
};
