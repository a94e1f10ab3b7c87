/** The three ways into a room of a real server, each driven by hand, frame by frame. */
import { WebSocket as Socket } from "ws";
import { FRAME, readFrame, writeFrame, writeToken, type Frame } from "../../server/rooms/frames.ts";
import { until } from "./clients.ts";
import { RawLane } from "./raw-lane.ts";
import type { TestServer } from "./server.ts";

/** Frames as Hocuspocus writes them, whatever carries them. */
export interface Line {
  send: (kind: number, rest: Uint8Array) => Promise<void>;
  heard: () => readonly Frame[];
  closed: () => boolean;
  when: (check: () => boolean) => Promise<void>;
  leave: () => void;
}

/** `framed`: with the name of the document before each frame, as Hocuspocus has it and y-websocket does not. */
const socketLine = async (address: string, id: string, framed: boolean): Promise<Line> => {
  const socket = new Socket(address);
  const frames: Frame[] = [];
  const looks = new Set<() => void>();
  const look = (): void => looks.forEach((each) => each());
  socket.on("message", (data: Buffer) => {
    const bytes = new Uint8Array(data);
    const frame = framed ? readFrame(bytes) : { name: id, address: id, kind: bytes[0] ?? 0, rest: bytes.subarray(1) };
    if (frame) frames.push(frame);
    look();
  });
  socket.on("close", look);
  socket.on("error", () => socket.terminate());
  const when = (check: () => boolean): Promise<void> =>
    until(check, (each) => {
      looks.add(each);
      return () => looks.delete(each);
    });
  socket.on("open", look);
  await when(() => socket.readyState !== Socket.CONNECTING);
  const send = (kind: number, rest: Uint8Array): Promise<void> => {
    const bytes = framed ? writeFrame(id, kind, rest) : Uint8Array.of(kind, ...rest);
    return new Promise((resolve) => socket.send(bytes, () => resolve()));
  };
  return { send, heard: () => frames, closed: () => socket.readyState >= 2, when, leave: () => socket.terminate() };
};

const laneLine = async (url: string, id: string): Promise<Line> => {
  const lane = await new RawLane(url).open();
  return {
    send: async (kind, rest) => void (await lane.post([writeFrame(id, kind, rest)])),
    heard: () => lane.frames,
    closed: () => lane.closed() !== undefined,
    when: (check) => lane.when(check),
    leave: () => lane.destroy(),
  };
};

const shown = async (line: Line, id: string, credential: string | undefined): Promise<Line> => {
  if (credential !== undefined) await line.send(FRAME.auth, readFrame(writeToken(id, credential))!.rest);
  return line;
};

type Enter = (server: TestServer, id: string, credential: string | undefined) => Promise<Line>;

/** Each connects and shows the credential, if there is one. */
export const WAYS: readonly [string, Enter][] = [
  [
    "GET /live, a WebSocket",
    async (server, id, credential) => shown(await socketLine(server.live, id, true), id, credential),
  ],
  ["GET and POST /live", async (server, id, credential) => shown(await laneLine(server.url, id), id, credential)],
  [
    "GET /yjs/<id>, a WebSocket",
    (server, id, credential) =>
      socketLine(`${server.yjs}/${id}?link=${encodeURIComponent(credential ?? "")}`, id, false),
  ],
];
