/** What every answer says about itself, whatever it is: the strict policy, and that nothing behind a secret is stored. */
import type { RequestHandler } from "express";
import helmet from "helmet";
import type { Config } from "../config.ts";

const SELF = "'self'";
const NONE = "'none'";

/** The policy of every page; nothing inline, nothing from elsewhere. */
const CONTENT_POLICY: Readonly<Record<string, readonly string[]>> = {
  "default-src": [NONE],
  "script-src": [SELF],
  "style-src": [SELF],
  "font-src": [SELF],
  "img-src": [SELF, "data:"],
  // In the browsers we build for, 'self' covers the WebSocket of the same host.
  "connect-src": [SELF],
  "manifest-src": [SELF],
  "form-action": [SELF],
  "frame-ancestors": [NONE],
  "base-uri": [NONE],
  // Our pages never turn a string into markup or script; the editor declares a policy for what is pasted.
  "require-trusted-types-for": ["'script'"],
};

export const contentPolicy = Object.entries(CONTENT_POLICY)
  .map(([name, sources]) => `${name} ${sources.join(" ")}`)
  .join("; ");

const YEAR_SECONDS = 31_536_000;

export const headers = (config: Config): RequestHandler[] => [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: Object.fromEntries(Object.entries(CONTENT_POLICY).map(([name, sources]) => [name, [...sources]])),
    },
    referrerPolicy: { policy: "no-referrer" },
    // Only a host that says it is reached over https may bind browsers to that for a year.
    strictTransportSecurity: config.publicUrl?.startsWith("https:")
      ? { maxAge: YEAR_SECONDS, includeSubDomains: false }
      : false,
    xFrameOptions: { action: "deny" },
  }),
  (_request, response, next) => {
    response.set("Cache-Control", "no-store");
    response.set("X-Robots-Tag", "noindex, nofollow");
    response.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
    next();
  },
];
