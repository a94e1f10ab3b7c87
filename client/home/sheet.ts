/** The example sheets of the gallery, each fetched once. */
import { fetchPage } from "../page.ts";

const fetched = new Map<string, Promise<Element>>();

/** A copy of the sheet on the page of a template, without ids that could stand twice. Throws when it cannot be had. */
export const sheetFrom = async (address: string): Promise<Element> => {
  const loading =
    fetched.get(address) ??
    fetchPage(address).then((page) => {
      const sheet = page.querySelector(".sheet");
      if (!sheet) throw new Error(`${address}: no sheet`);
      return sheet;
    });
  fetched.set(address, loading);
  loading.catch(() => fetched.delete(address));
  const copy = document.importNode(await loading, true);
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  return copy;
};
