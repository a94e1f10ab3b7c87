/** /live over plain HTTP, for networks that block WebSockets: GET opens a stream of frames, POSTs bring the others. */
import express, { Router, type ErrorRequestHandler, type RequestHandler, type Response } from "express";
import { Refusal } from "../../document/refusal.ts";
import { Lanes, type Outlet } from "../rooms/lane.ts";
import { MAX_FRAME } from "../rooms/wire.ts";
import { atMost } from "./body.ts";
import type { House } from "./house.ts";
import type { Knocks } from "./knocks.ts";
import { allowedOrigin } from "./origin.ts";

/** A client that reads nothing is cut this long after its farewell. */
const FAREWELL_MS = 1000;
const LOST = 4408;
const TOO_LARGE = 1009;
/** Some proxies hold an answer back until they have two kilobytes of it. */
const PADDING = `:${" ".repeat(2048)}\n\n`;

const outletOf = (response: Response, entered: () => void): Outlet => ({
  entered,
  write: (text) => void response.write(text),
  end() {
    response.end();
    const cut = setTimeout(() => response.destroy(), FAREWELL_MS).unref();
    response.once("close", () => clearTimeout(cut));
  },
  get waiting() {
    return response.writableLength;
  },
});

export const lanes = (house: House, knocks: Knocks): Router => {
  const router = Router();
  const open = new Lanes((carrier) => house.rooms.connect(carrier));

  const ownPagesOnly: RequestHandler = (request, response, next) => {
    if (allowedOrigin(request, house.config.publicUrl)) next();
    else response.status(403).end();
  };

  const stream: RequestHandler = (request, response) => {
    const wanted = request.method === "GET" && request.headers.accept?.includes("text/event-stream");
    if (!wanted) throw new Refusal("unknown-address", "Accept: text/event-stream, or a WebSocket");
    const entered = knocks.knock(request);
    if (!entered) throw new Refusal("too-many-tries");
    response.set("Content-Type", "text/event-stream").set("Cache-Control", "no-store, no-transform");
    response.set("X-Accel-Buffering", "no").status(200).flushHeaders();
    response.write(PADDING);
    const lane = open.open(outletOf(response, entered));
    // Node tells of a write into an answer that has just been cut by an error, which would end the process unheard.
    for (const event of ["close", "error"]) response.on(event, () => lane.lost());
  };

  // Whose lane it is comes before what it holds: without one, a body is not even read.
  const known: RequestHandler = (request, _response, next) => {
    open.find(request.get("lane"));
    next();
  };
  const take: RequestHandler = async (request, response) => {
    const body: unknown = request.body;
    // It may have closed while the body was on its way.
    const lane = open.find(request.get("lane"));
    lane.take(Number(request.get("lane-turn")), body instanceof Buffer ? body : new Uint8Array());
    await lane.ready();
    response.status(204).end();
  };
  /** Frames that did not arrive whole leave a hole in the order: the lane ends, and its client sends again on another. */
  const broken: ErrorRequestHandler = (error, request, _response, next) => {
    const tooLarge = error instanceof Error && "status" in error && error.status === 413;
    if (!(error instanceof Refusal)) {
      open.find(request.get("lane")).give(tooLarge ? TOO_LARGE : LOST, tooLarge ? "too-large" : "lost");
    }
    next(error);
  };
  const body = express.raw({ type: () => true, limit: MAX_FRAME, inflate: false });

  router.use("/live", ownPagesOnly);
  router.get("/live", stream);
  router.post("/live", known, atMost(MAX_FRAME), body, take, broken);
  router.all("/live", (_request, response) => {
    response.set("Allow", "GET, POST");
    throw new Refusal("wrong-method");
  });
  return router;
};
