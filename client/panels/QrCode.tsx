/** An address as a QR code: one SVG path, dark on light in both themes, because cameras expect it so. */
import { encode } from "uqr";
import { useMemo } from "preact/hooks";

interface QrCodeProps {
  /** What a camera reads. */
  text: string;
  /** What a screen reader says. */
  label: string;
}

export const QrCode = ({ text, label }: QrCodeProps) => {
  const { size, path } = useMemo(() => {
    const { size: side, data } = encode(text, { ecc: "M", border: 2 });
    const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: side, path: cells.join("") };
  }, [text]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="qr__ground" width={size} height={size} />
      <path class="qr__cells" d={path} />
    </svg>
  );
};
