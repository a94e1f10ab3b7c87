/** The choice of a sector among those the section proposes, and the one that stands there already. */
import type { FunctionComponent } from "preact";
import { choiceOf } from "./held.ts";

interface SectorProps {
  sectors: readonly string[];
  value: string;
  label?: string;
  /** Absent while nothing can be chosen. */
  choose: ((sector: string) => void) | undefined;
}

export const SectorSelect: FunctionComponent<SectorProps> = ({ sectors, value, label, choose }) => {
  const own = value === "" || sectors.includes(value) ? [] : [value];
  return (
    <select class="input" aria-label={label} {...choiceOf(value, choose)}>
      {["", ...sectors, ...own].map((sector) => (
        <option key={sector} value={sector}>
          {sector === "" ? "—" : sector}
        </option>
      ))}
    </select>
  );
};
