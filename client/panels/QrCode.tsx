/** An address as a QR code: one SVG path, dark on light in both themes, because cameras expect it so. */
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type * as uqr from "uqr";

interface QrCodeProps {
  /** What a camera reads. */
  text: string;
  /** What a screen reader says. */
  label: string;
}

/** Not what one waits for to read: it is fetched by the first code that is drawn. */
const drawing = signal<typeof uqr.encode | undefined>(undefined);

const fetchDrawing = async (): Promise<void> => {
  drawing.value ??= (await import("uqr")).encode;
};

export const QrCode = ({ text, label }: QrCodeProps) => {
  const encode = drawing.value;
  // Where it cannot be had, the address stands beside it.
  useEffect(() => void fetchDrawing().catch(() => undefined), []);
  const { size, path } = useMemo(() => {
    if (!encode) return { size: 1, path: "" };
    const { size: side, data } = encode(text, { ecc: "M", border: 2 });
    const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: side, path: cells.join("") };
  }, [text, encode]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="qr__ground" width={size} height={size} />
      <path class="qr__cells" d={path} />
    </svg>
  );
};
