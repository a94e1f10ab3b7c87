/** What axe finds on a page, as it stands. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Violation = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

/** What a bar that keeps its place covers in part is scrolled out from under it: it is as large there as anywhere. */
const isCovered = ({ any }: Violation["nodes"][number]): boolean =>
  any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey?.startsWith("partiallyObscured"));

const uncovered = (violation: Violation): Violation =>
  violation.id === "target-size"
    ? { ...violation, nodes: violation.nodes.filter((node) => !isCovered(node)) }
    : violation;

/**
 * Every rule, on the whole page. Asked in one go: without frames of others there is nothing to put together, which takes
 * a page of its own each time; and nobody reads the lists of what is well.
 */
export const violationsOn = async (page: Page): Promise<Violation[]> => {
  const { violations } = await new AxeBuilder({ page })
    // 2.5.8: a finger finds whatever can be pressed; axe looks for it only when told.
    .options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    .setLegacyMode(true)
    .analyze();
  return violations.map(uncovered).filter(({ nodes }) => nodes.length > 0);
};
