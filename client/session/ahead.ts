/** A socket that is opened while the program that will speak on it is still on its way: the first line takes it. */

/** Under this a browser keeps until when a network is believed to block WebSockets. */
export const LANE = "minutier:lane";

/** Until when no WebSocket is tried, as it was learnt by an earlier page; 0 where nothing was. */
export const keptLane = (): number => {
  try {
    return Number(localStorage.getItem(LANE)) || 0;
  } catch {
    return 0;
  }
};

let waiting: { address: string; socket: WebSocket } | undefined;

/** Where the rooms of `server` are entered; without one, of the server this page came from. */
export const liveAddress = (server: string = location.origin): string => `${server.replace(/^http/, "ws")}/live`;

/** Opens the socket of this page's first line, unless the network lets none through. One that nobody takes is closed by the server. */
export const openAhead = (): void => {
  if (Date.now() < keptLane()) return;
  const address = liveAddress();
  waiting = { address, socket: new WebSocket(address) };
};

/** The socket that was opened ahead for `address`, once, unless it has ended already. */
const take = (address: string | URL): WebSocket | undefined => {
  const ahead = waiting;
  waiting = undefined;
  return ahead?.address === String(address) && ahead.socket.readyState <= WebSocket.OPEN ? ahead.socket : undefined;
};

/** A WebSocket class whose first socket is the one that was opened ahead; whoever makes it hears it open all the same. */
export const aheadSocket = (): typeof WebSocket =>
  class extends WebSocket {
    constructor(address: string | URL) {
      const ahead = take(address);
      if (!ahead) {
        super(address);
        return;
      }
      // Those who build on this class find in it all that they would find in a new one.
      Object.setPrototypeOf(ahead, new.target.prototype);
      if (ahead.readyState === WebSocket.OPEN) queueMicrotask(() => ahead.dispatchEvent(new Event("open")));
      return ahead;
    }
  };
