/** In which order a list is looked at: as it is arranged, as it was captured, or by picks. A view: nothing moves in the minutes. */
import type { FunctionComponent } from "preact";
import type { Item, ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { lanes, type Lane } from "./lanes.ts";

const ORDERS = ["arranged", "captured", "picked"] as const;
export type Order = (typeof ORDERS)[number];

/** Whether the results of a pick are there to sort by. */
const hasVotes = ({ pick, items }: ItemsSection): boolean =>
  pick !== undefined && items.some(({ votes = 0 }) => votes > 0);

const byNumber = (a: Item, b: Item): number => a.number - b.number;

/** The orders that show this list differently. */
const ordersOf = (section: ItemsSection): Order[] => {
  const shown = lanes(section).flatMap(({ items }) => items);
  const moved = section.groups.length > 0 || shown.some((item, index) => item.number < (shown[index - 1]?.number ?? 0));
  return ORDERS.filter((order) => order === "arranged" || (order === "captured" ? moved : hasVotes(section)));
};

/** The order a list can be shown in: the one that was chosen, as long as it makes a difference. */
export const orderIn = (section: ItemsSection, chosen: Order): Order =>
  ordersOf(section).includes(chosen) ? chosen : "arranged";

/** The lanes of a list in an order; only the arranged one has groups. */
export const lanesIn = (section: ItemsSection, order: Order): Lane[] => {
  if (order === "arranged") return lanes(section);
  const votes = (item: Item): number => (order === "picked" ? (item.votes ?? 0) : 0);
  const items = section.items.toSorted((a, b) => votes(b) - votes(a) || byNumber(a, b));
  return [{ group: undefined, items }];
};

/** Draws nothing where there is nothing to choose from. */
export const ItemsOrder: FunctionComponent<{
  section: ItemsSection;
  order: Order;
  choose: (order: Order) => void;
}> = ({ section, order, choose }) => {
  const orders = ordersOf(section);
  if (orders.length < 2) return null;
  return (
    <label class="items__order">
      <span class="soft">{t("capture-order")}</span>
      <select
        class="shared"
        value={order}
        onChange={(event) => {
          const chosen = ORDERS.find((each) => each === event.currentTarget.value);
          if (chosen) choose(chosen);
        }}
      >
        {orders.map((each) => (
          <option key={each} value={each}>
            {t(each === "arranged" && section.groups.length > 0 ? "capture-order-theme" : `capture-order-${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
};
