/** The self-check of the running server: for the host alone, who shows that they can read the key file. */
import { Router, type Request } from "express";
import { Refusal } from "../../document/refusal.ts";
import { conditionPage } from "../pages/condition.ts";
import { originOf } from "./addresses.ts";
import { settingOf } from "./setting.ts";
import type { Finding, House } from "./house.ts";

/** What this very request says about the way it came here. */
const way = ({ config }: House, request: Request): Finding[] => {
  const { publicUrl: told, ...rest } = config;
  const came = originOf(request, rest);
  const forwarded = request.get("x-forwarded-for") !== undefined;
  const secure = (told ?? came).startsWith("https:");
  return [
    {
      name: "https",
      good: secure,
      // As the command says it, which tells it once.
      says: secure ? "people come over https" : "people come over http: names and words can be read on the way",
    },
    {
      name: "address",
      good: told === undefined ? !forwarded : came === told,
      says:
        told === undefined
          ? `PUBLIC_URL is not set; this came to ${came}`
          : `PUBLIC_URL is ${told}; this came to ${came}`,
    },
    {
      name: "proxy",
      good: !forwarded || config.trustProxy !== false,
      says: !forwarded
        ? "this came without a proxy"
        : config.trustProxy === false
          ? "this came through a proxy, but TRUST_PROXY is not set: all visitors count as one"
          : "this came through a proxy that TRUST_PROXY names",
    },
  ];
};

/** `condition` looks the server over. Whoever is not the host learns nothing, not even that there is something here. */
export const condition = (house: House, look: () => Promise<Finding[]>): Router => {
  const router = Router();
  router.get("/check/:secret", async (request, response) => {
    if (!house.access.isHost(request.params.secret)) throw new Refusal("unknown-link");
    const findings = [...(await look()), ...way(house, request)];
    if (request.accepts(["html", "json"]) === "json") response.json({ findings });
    else response.type("html").send(conditionPage({ ...settingOf(house, request), findings }));
  });
  return router;
};
