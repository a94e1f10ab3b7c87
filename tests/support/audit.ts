/** What axe finds on a page, as it stands. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Violation = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

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
  return violations;
};
