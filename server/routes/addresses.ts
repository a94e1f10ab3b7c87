/** The addresses people are shown: secrets that let one write stand in the fragment, which browsers never send. */
import type { Request } from "express";
import type { Capability, PerCapability } from "../../document/session.ts";
import type { Config } from "../config.ts";

/** A host as a browser may send it; anything else must not reach an address or a header. */
const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i;

/** Where people reach this server, e.g. `https://minutes.example.org`. */
export const originOf = (request: Request, config: Config): string => {
  const host = request.get("host") ?? "";
  return config.publicUrl ?? `${request.protocol}://${HOST.test(host) ? host : "localhost"}`;
};

export const readingAddress = (origin: string, secret: string): string => `${origin}/r/${secret}`;

export const workshopAddress = (origin: string, workshop: string, secret: string): string =>
  `${origin}/w/${workshop}#${secret}`;

/** The address of a link, by what it allows. */
export const linkAddress = (origin: string, workshop: string, capability: Capability, secret: string): string =>
  capability === "read" ? readingAddress(origin, secret) : workshopAddress(origin, workshop, secret);

/** The address of each of a workshop's links. */
export const linkAddresses = (origin: string, workshop: string, links: PerCapability): PerCapability => ({
  manage: linkAddress(origin, workshop, "manage", links.manage),
  write: linkAddress(origin, workshop, "write", links.write),
  vote: linkAddress(origin, workshop, "vote", links.vote),
  read: linkAddress(origin, workshop, "read", links.read),
});
