/** The choice of a sector among those the section proposes, and the one that stands there already. */
import type { FunctionComponent } from "preact";

interface SectorProps {
  sectors: readonly string[];
  value: string;
  label?: string;
  choose: (sector: string) => void;
}

export const SectorSelect: FunctionComponent<SectorProps> = ({ sectors, value, label, choose }) => {
  const own = value === "" || sectors.includes(value) ? [] : [value];
  return (
    <select class="input" aria-label={label} value={value} onChange={(event) => choose(event.currentTarget.value)}>
      {["", ...sectors, ...own].map((sector) => (
        <option key={sector} value={sector}>
          {sector === "" ? "—" : sector}
        </option>
      ))}
    </select>
  );
};
