/** A bare TCP connection: half a request, a drop at a time, or nothing at all. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Line {
  socket: Socket;
  /** Everything the server has said so far. */
  said: () => string;
  /** Resolves with everything it said, once it has hung up. */
  closed: Promise<string>;
}

/** Connects to the server at `url` and sends `first`. */
export const openLine = async (url: string, first = ""): Promise<Line> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let said = "";
  socket.on("data", (chunk: Buffer) => (said += chunk.toString("latin1")));
  // A reset is one way of hanging up.
  socket.on("error", () => socket.destroy());
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(said)));
  await once(socket, "connect");
  if (first) socket.write(first);
  return { socket, said: () => said, closed };
};
