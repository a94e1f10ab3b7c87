/** A small phone on a café's wifi: what a page is measured on. */
import type { CDPSession, Page } from "@playwright/test";

/** So much slower than this machine. */
const SLOWER = 4;
const LATENCY_MS = 400;
const BYTES_PER_SECOND = 1_600_000 / 8;

/** Slows processor and network of a page down; gives the line to its browser. */
export const slowDown = async (page: Page): Promise<CDPSession> => {
  const inspector = await page.context().newCDPSession(page);
  const limits = { downloadThroughput: BYTES_PER_SECOND, uploadThroughput: BYTES_PER_SECOND };
  await inspector.send("Network.enable");
  await inspector.send("Network.emulateNetworkConditions", { offline: false, latency: LATENCY_MS, ...limits });
  await inspector.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return inspector;
};
