/** Every route of the JSON API, in one table: what is not here is neither mounted nor documented. */
import { CONTRIBUTIONS } from "./contributions.ts";
import { HISTORY } from "./history.ts";
import { ITEMS } from "./items.ts";
import { LINKS } from "./links.ts";
import type { Route } from "./route.ts";
import { SESSIONS } from "./sessions.ts";
import { STAGES } from "./stage.ts";
import { TEMPLATES } from "./templates.ts";
import { VOTES } from "./votes.ts";
import { WORKSHOPS } from "./workshops.ts";

export const TABLE: readonly Route[] = [
  ...TEMPLATES,
  ...WORKSHOPS,
  ...SESSIONS,
  ...CONTRIBUTIONS,
  ...ITEMS,
  ...VOTES,
  ...LINKS,
  ...STAGES,
  ...HISTORY,
];
