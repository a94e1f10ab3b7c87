/** The service worker: keeps the program on this device, so that the workshops it knows open without network. It never touches what was written. */

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** Put before this file by the build: the files of this very program, and one name for all of them. */
declare const PROGRAM: { readonly name: string; readonly files: readonly string[] };

declare const clients: { claim(): Promise<void> };

const PREFIX = "minutier:";
const CACHE = PREFIX + PROGRAM.name;
/** Pages that hold no word of anybody; the one of a workshop is the same for all of them. */
const SHELLS = ["/", "/j", "/w/-"];
/** A network that takes longer is as good as none to whoever stands in the room. */
const PATIENCE_MS = 4_000;

/** The page to show for an address without network; undefined: there is none. */
const shellFor = (path: string): string | undefined => {
  if (path === "/") return path;
  if (/^\/j(\/|$)/.test(path)) return "/j";
  return /^\/w\/[^/]+$/.test(path) ? "/w/-" : undefined;
};

const keep = async (): Promise<void> => {
  const cache = await caches.open(CACHE);
  // Pages say that nobody may store them; of these we know that there is nothing in them, so they are put here by hand.
  const pages = SHELLS.map(async (path) => {
    const answer = await fetch(path, { cache: "reload" });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await cache.put(path, answer);
  });
  await Promise.all([cache.addAll(PROGRAM.files), ...pages]);
};

/** Called once no page of an older program is open any more. */
const forgetOlder = async (): Promise<void> => {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
};

const file = async (request: Request): Promise<Response> => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // Their names change with their content; fonts come here as they are first needed.
  if (answer.status === 200) await cache.put(request, answer.clone());
  return answer;
};

/** What the server says, if it says so in time; else the page that was kept. */
const page = async (request: Request, shell: string): Promise<Response> => {
  const kept = await (await caches.open(CACHE)).match(shell);
  if (!kept) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const answered = fetch(request).then(
    (answer) => (answer.status >= 500 ? kept : answer),
    () => kept,
  );
  return Promise.race([answered, late]);
};

addEventListener("install", (event) => (event as Lasting).waitUntil(keep()));
// The page of a first visit has nothing else to bring it what it has not asked for yet, should the network go.
addEventListener("activate", (event) => (event as Lasting).waitUntil(forgetOlder().then(() => clients.claim())));
addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const shell = request.mode === "navigate" ? shellFor(pathname) : undefined;
  if (shell !== undefined) (event as Fetching).respondWith(page(request, shell));
  else if (pathname.startsWith("/assets/")) (event as Fetching).respondWith(file(request));
});
