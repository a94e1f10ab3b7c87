/** The HTTP server around Express: how long anybody may take, and no answer of Node's own that lacks the policy. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { answerBare, answerBroken } from "./bare.ts";

/** A request line and headers from the slowest phone; whoever takes longer is not about to ask for anything. */
const HEADERS_MS = 10_000;
/** The longest body there is, over the slowest line. */
const REQUEST_MS = 30_000;
/** How often Node looks for those who take longer. */
const LOOK_MS = 1_000;
/** Far more than one server serves, fewer than the descriptors it has. */
const MOST_CONNECTIONS = 8_000;

/** A browser behind several proxies sends some fifty. */
const MOST_HEADERS = 200;

/** The status for a request that nobody honest makes, and that proxies and servers read differently. */
const wrongHead = ({ rawHeaders, headers, httpVersion }: IncomingMessage): number | undefined => {
  const names = rawHeaders.filter((_each, at) => at % 2 === 0);
  const hosts = names.filter((name) => name.toLowerCase() === "host").length;
  if (hosts > 1 || (hosts === 0 && httpVersion !== "1.0")) return 400;
  const coding = headers["transfer-encoding"];
  if (coding !== undefined && coding.toLowerCase() !== "chunked") return 400;
  return names.length > MOST_HEADERS ? 431 : undefined;
};

/** A server that hands everything to `handler`, closes whoever dawdles, and upgrades to nothing but a WebSocket. */
export const createListener = (handler: RequestListener): Server => {
  const hear: RequestListener = (request, response) => {
    const status = wrongHead(request);
    if (status === undefined) handler(request, response);
    else answerBare(request.socket, status);
  };
  const options = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: LOOK_MS,
    // Refused below instead, with the policy.
    requireHostHeader: false,
    // Browsers and proxies offer other protocols too; they take the plain answer then.
    shouldUpgradeCallback: (request: IncomingMessage) =>
      request.headers.upgrade?.toLowerCase() === "websocket" && wrongHead(request) === undefined,
  };
  const server = createServer(options, hear);
  // An expectation we do not know is no reason to refuse what is asked, nor to take what nobody may ask.
  server.on("checkExpectation", hear);
  server.maxConnections = MOST_CONNECTIONS;
  answerBroken(server);
  return server;
};
