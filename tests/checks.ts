/** Every check this house answers for (D C S M A X L O W P): whose tests hold it, and what makes the long run of them. */

export interface Check {
  /** A test file. The titles of its tests bear the ids of `rows`; the figures it prints are lines that begin with one. */
  path: string;
  /** Each id, and in a few words what is done. */
  rows: Readonly<Record<string, string>>;
  /** The environment of the long variant; absent where `npm test` does the whole check already. */
  long?: Readonly<Record<string, string>>;
  /** It is ended after so many minutes, and has failed; 10 unless told. */
  minutes?: number;
}

/** In the order of their files; one id may stand in several of them. */
export const CHECKS: readonly Check[] = [
  {
    path: "tests/journeys/kill.test.ts",
    rows: {
      D01: "kill -9 under writers, nobody left to send again",
      D02: "kill -9, the writers stay",
      D04: "SIGTERM under load",
      D15: "a second server on the same data",
      C07: "restarts with clients attached",
    },
    long: { ROUNDS: "200", WRITERS: "20", STAYS: "20", TERMS: "50", RESTARTS: "50" },
    minutes: 60,
  },
  {
    path: "tests/journeys/together.test.ts",
    rows: { D02: "six writers on every template, pages among them, killed in between" },
    long: { SECONDS: "120", TEMPLATES: "forum-ouvert,atelier-facilite,propositions-en-direct,retour-suites,vierge" },
    minutes: 30,
  },
  {
    path: "tests/fuzz/acknowledged.test.ts",
    rows: { D03: "the order of what reaches the disk and what leaves by the sockets" },
    long: { ACKS: "10000" },
  },
  {
    path: "tests/server/disk-outages.test.ts",
    rows: {
      D05: "a disk that gives errors",
      D06: "a disk that is full",
      D07: "room again",
      D10: "a disk that is read-only",
      D16: "nothing can be read, and twenty knock",
      D20: "syncs of two seconds for minutes",
    },
    long: { SLOW_ROUNDS: "15", SLOWEST_MS: "2000", TYPING_MS: "300000" },
    minutes: 30,
  },
  {
    path: "tests/fuzz/disk-faults.test.ts",
    rows: { D08: "every sync fails once", D09: "every call on the disk fails once" },
    long: { RUNS: "0" },
    minutes: 60,
  },
  {
    path: "tests/fuzz/power-loss.test.ts",
    rows: {
      D11: "loss of power",
      D12: "the end of the write-ahead log cut or scribbled on",
      D17: "killed at the steps of a compaction",
    },
    long: { IMAGES: "1000", COMMITS: "3000" },
    minutes: 40,
  },
  { path: "tests/server/log-damage.test.ts", rows: { D13: "bytes that rot" }, long: { VARIANTS: "200" } },
  { path: "tests/server/log-repair.test.ts", rows: { D13: "workshops mended from a backup" } },
  { path: "tests/server/log-lost.test.ts", rows: { D12: "a cut log, as its host and its pages see it" } },
  { path: "tests/server/store-start.test.ts", rows: { D14: "files lost, empty, cut short, foreign, older" } },
  {
    path: "tests/fuzz/cold-start.test.ts",
    rows: { D19: "a cold start after very many updates" },
    long: { UPDATES: "200000" },
    minutes: 20,
  },
  {
    path: "tests/journeys/saved-truth.test.ts",
    rows: {
      C12: "the mark compared with the disk, at random instants",
      D18: "the page is left right after the last key",
    },
    long: { INSTANTS: "10000", LEAVES: "200" },
    minutes: 60,
  },
  {
    path: "tests/fuzz/preservation.test.ts",
    rows: {
      S01: "no typed character lost or doubled",
      S04: "an observer writes nothing",
      S05: "bystanders stay as they are",
      S10: "twenty at one place",
      C01: "eight editors, long bursts apart",
    },
    long: { SEEDS: "200" },
    minutes: 60,
  },
  {
    path: "tests/fuzz/partitions.test.ts",
    rows: { C01: "eight editors at the real server, lines that break at random" },
    long: { SEEDS: "50", EDITS: "2000" },
    minutes: 60,
  },
  {
    path: "tests/fuzz/returns.test.ts",
    rows: { C02: "away for 5,000 own edits and 20,000 of others" },
    long: { OWN: "5000" },
    minutes: 20,
  },
  {
    path: "tests/fuzz/mischief.test.ts",
    rows: { C03: "frames repeated, late, swapped, dropped, broken off" },
    long: { SEEDS: "20", EDITS: "400" },
    minutes: 40,
  },
  {
    path: "tests/fuzz/cycles.test.ts",
    rows: { C04: "a line lost again and again while typing" },
    long: { CYCLES: "500" },
    minutes: 60,
  },
  {
    path: "tests/fuzz/ghosts.test.ts",
    rows: {
      C08: "twenty open a new workshop at the same moment",
      C09: "containers created together, each without a line",
      C13: "thirty who crash, close, are put away, lose their network",
      S12: "copied while five type",
    },
    long: { CLIENTS: "30", FROZEN: "1" },
  },
  {
    path: "tests/fuzz/restored.test.ts",
    rows: { S12: "an earlier version put back while five type" },
    long: { S12_ROUNDS: "60" },
    minutes: 20,
  },
  { path: "tests/journeys/clocks.test.ts", rows: { C10: "devices whose clocks are wrong" } },
  {
    path: "tests/fuzz/merges.test.ts",
    rows: { S03: "merges of random pairs of valid documents" },
    long: { MERGES: "100000" },
    minutes: 90,
  },
  { path: "tests/fuzz/moving.test.ts", rows: { S11: "two who move the same thing" }, long: { SEEDS: "300" } },
  {
    path: "tests/fuzz/undoing.test.ts",
    rows: { S06: "undo and redo by four in random order" },
    long: { SEEDS: "300" },
  },
  { path: "tests/server/readers.test.ts", rows: { S07: "readers of a workshop with unknown parts" } },
  { path: "tests/fuzz/crowd.test.ts", rows: { S10: "twenty at one place, round after round" }, long: { SEEDS: "100" } },
  { path: "tests/fuzz/hostile.test.ts", rows: { S08: "hostile texts" }, long: { SEEDS: "4000" } },
  {
    path: "tests/fuzz/honest.test.ts",
    rows: { M01: "honest frames are let through" },
    long: { SEEDS: "300" },
    minutes: 40,
  },
  {
    path: "tests/fuzz/gate.test.ts",
    rows: { M01: "damaged frames", S09: "a hostile session beside honest ones" },
    long: { FRAMES: "200000", SIFTED: "1000000", SIEGE: "20000" },
    minutes: 90,
  },
  { path: "tests/editor/binding.test.ts", rows: { S05: "kinds changed under the hand", S06: "undo and redo" } },
  { path: "tests/server/poison.test.ts", rows: { S08: "poison in the data file" } },
  { path: "tests/document/poison.test.ts", rows: { S08: "poison at any place" } },
  {
    path: "tests/document/together.test.ts",
    rows: {
      S03: "merges of valid documents",
      C08: "a new workshop opened together",
      C09: "containers created together",
    },
  },
  { path: "tests/server/rooms-gate.test.ts", rows: { C05: "one session, several tabs" } },
  {
    path: "tests/journeys/tabs.test.ts",
    rows: {
      C05: "one person's tabs, copied storage, another device",
      C11: "a page open across an upgrade, and a newer one",
    },
    long: { BOTH: "1" },
  },
  {
    path: "tests/journeys/selectable.test.ts",
    rows: { S02: "everything selectable deleted by two" },
    long: { ROUNDS: "10", HANDS: "2", TEMPLATE: "atelier-facilite" },
    minutes: 20,
  },
  {
    path: "tests/journeys/asleep.test.ts",
    rows: { C06: "a browser stopped for five minutes, on another network afterwards" },
    long: { SECONDS: "300" },
  },
  { path: "tests/document/wire.test.ts", rows: { C11: "programs of another layout" } },
  {
    path: "tests/server/rooms-hostile.test.ts",
    rows: {
      M02: "numbers beyond reason",
      M04: "another's name",
      M05: "deletions",
      M06: "gaps, and what would wait",
      M07: "nests",
      M09: "the zoo of texts",
      M10: "presence",
      M11: "every opcode",
      M15: "names of documents",
    },
  },
  {
    path: "tests/access/matrix.test.ts",
    rows: { A01: "every address, method and kind of link", A09: "methods and sites that must do nothing" },
  },
  {
    path: "tests/access/rooms.test.ts",
    rows: { A02: "every message over every link", A03: "one socket, several documents" },
  },
  {
    path: "tests/access/withdrawal.test.ts",
    rows: { A04: "a link withdrawn", A06: "guessing", A08: "foreign origins", A16: "forged addresses of senders" },
    long: { GUESSES: "100000" },
    minutes: 40,
  },
  {
    path: "tests/access/lines.test.ts",
    rows: { A01: "the three ways into a room", A02: "the three ways over every link" },
  },
  {
    path: "tests/access/after.test.ts",
    rows: { A11: "the back button after a link was withdrawn", A14: "previews and prefetching" },
  },
  {
    path: "tests/access/timing.test.ts",
    rows: { A07: "what the time of a no tells", A15: "the same words for every no" },
    long: { TRIES: "10000" },
    minutes: 40,
  },
  {
    path: "tests/access/frames.test.ts",
    rows: { M03: "frames without measure or end" },
    long: { MEGABYTES: "300" },
  },
  {
    path: "tests/access/requests.test.ts",
    rows: {
      M12: "packed bodies, files, archives",
      M13: "requests no browser sends",
      M14: "every entry with every kind of value",
    },
  },
  {
    path: "tests/access/gate.test.ts",
    rows: { M14: "the same bytes over every way in" },
    long: { UPDATES: "3000" },
    minutes: 30,
  },
  { path: "tests/server/rooms-cost.test.ts", rows: { M08: "work without end" } },
  {
    path: "tests/document/sequence.test.ts",
    rows: { M08: "work counted before it is done" },
    long: { SEEDS: "1000" },
  },
  {
    path: "tests/access/answers.test.ts",
    rows: {
      A09: "other sites",
      A14: "robots",
      A15: "links that lead nowhere",
      A17: "errors",
      L05: "whoever dawdles",
    },
  },
  { path: "tests/server/routes.test.ts", rows: { A11: "nothing is kept by anybody between", X07: "the policy" } },
  {
    path: "tests/access/traces.test.ts",
    rows: { A12: "secrets left behind", A13: "what a reader finds who fetches everything", P03: "what the log holds" },
  },
  {
    path: "tests/injection/journey.test.ts",
    rows: {
      A05: "words of a link that is withdrawn",
      A10: "links that lead outside",
      A18: "frames and handles",
      X07: "the policy, through the whole journey",
      P04: "cookies, other hosts, fingerprints",
    },
  },
  {
    path: "tests/injection/views.test.ts",
    rows: { X01: "every payload in every field of every view", X03: "every export opened again", X10: "addresses" },
    long: { VIEWS: "all" },
    minutes: 30,
  },
  { path: "tests/injection/paste.test.ts", rows: { X04: "foreign HTML pasted and dropped", X10: "addresses pasted" } },
  { path: "tests/injection/outside.test.ts", rows: { X03: "exports printed", X09: "addresses of this machine" } },
  { path: "tests/minutes/csv.test.ts", rows: { X06: "hostile words in every cell" }, long: { TABLES: "40000" } },
  { path: "tests/injection/cells.test.ts", rows: { X06: "the same by raw socket, to the file of a reader" } },
  { path: "tests/minutes/host.test.ts", rows: { X10: "hosts that look like others" } },
  { path: "tests/injection/wire.test.ts", rows: { X02: "payloads by raw socket", X05: "presence", X10: "links" } },
  {
    path: "tests/access/flood.test.ts",
    rows: {
      L04: "connections that lead to nothing",
      L06: "a flood of edits, presences and bytes",
      L07: "questions for a large workshop",
      L08: "clients that never read",
      L09: "the event loop under a flood",
    },
    long: { SECONDS: "60", ATTEMPTS: "10000" },
    minutes: 20,
  },
  {
    path: "tests/access/load.test.ts",
    rows: {
      L12: "five hundred come back after a restart",
      L13: "two hundred exports and readings of the largest minutes",
      L09: "the event loop under both",
    },
    long: { CROWD: "500", LARGE: "2000000" },
    minutes: 30,
  },
  {
    path: "tests/fuzz/turnover.test.ts",
    rows: { L10: "two hundred workshops opened and closed for ten minutes" },
    long: { TURNOVER_SECONDS: "600", WORKSHOPS: "200" },
    minutes: 20,
  },
  { path: "tests/server/rooms-size.test.ts", rows: { L11: "a document that becomes too large" } },
  { path: "tests/server/heartbeat.test.ts", rows: { L05: "frames that come byte by byte" } },
  {
    path: "tests/fuzz/besieged.test.ts",
    rows: { S09: "three browsers beside a program that rages" },
    long: { SIEGE_SECONDS: "600" },
    minutes: 40,
  },
  {
    path: "tests/server/backup.test.ts",
    rows: { O01: "backups under load", O02: "restoring" },
    long: { BACKUPS: "50", PAUSE_MS: "3000" },
    minutes: 30,
  },
  { path: "tests/server/restore.test.ts", rows: { O03: "an older backup", O05: "a newer backup" } },
  {
    path: "tests/server/upgrade.test.ts",
    rows: { O04: "data of every version before", O06: "an upgrade cut short at every step" },
  },
  { path: "tests/server/clock.test.ts", rows: { O07: "a clock that jumps" } },
  { path: "tests/server/health.test.ts", rows: { O08: "health and readiness" } },
  { path: "tests/server/alerts.test.ts", rows: { O09: "every alert, in its state" } },
  { path: "tests/server/metrics.test.ts", rows: { O09: "the figures" } },
  {
    path: "tests/fuzz/month.test.ts",
    rows: { O10: "a month of use on disk" },
    long: { DAYS: "30", SESSIONS: "10" },
    minutes: 20,
  },
  {
    path: "tests/server/surroundings.test.ts",
    rows: { O13: "languages, clocks, accounts, a closed disk", O14: "no network" },
  },
  { path: "tests/server/main.test.ts", rows: { O11: "wrong settings" } },
  { path: "tests/server/verify.test.ts", rows: { O12: "seeded defects" } },
  {
    path: "tests/journeys/large.test.ts",
    rows: { L11: "three hundred pages on a phone four times slower" },
    long: { EDITS: "200000", ITEMS: "300" },
    minutes: 20,
  },
  {
    path: "tests/journeys/states.test.ts",
    rows: { W01: "every state of every page, as axe sees it", W04: "nothing is wider than the smallest screen" },
    long: { SIGHTS: "all" },
  },
  {
    path: "tests/journeys/names.test.ts",
    rows: { W01: "names from the right, languages of parts, what hides the focus" },
  },
  { path: "tests/journeys/announced.test.ts", rows: { W02: "what is said while things go wrong" } },
  { path: "tests/journeys/steady.test.ts", rows: { W03: "five write above and inside, on a desktop and a phone" } },
  { path: "tests/client/sections.test.tsx", rows: { W03: "the caret, while others write" } },
  { path: "tests/server/purge.test.ts", rows: { P01: "a name erased", P02: "it does not come back" } },
  { path: "tests/server/purge-online.test.ts", rows: { P02: "erased while people write" } },
  { path: "tests/server/contributions.test.ts", rows: { P06: "what is kept of me" } },
  { path: "tests/journeys/kept.test.ts", rows: { P06: "the same in a browser" } },
  {
    path: "tests/server/stage.test.ts",
    rows: { B06: "writing frozen, some of twenty offline" },
    long: { WRITERS: "20" },
  },
  {
    path: "tests/journeys/stage.test.ts",
    rows: { J3: "from the key to the room's screen", B06: "writing frozen, in browsers" },
    long: { KEYS: "200" },
  },
  {
    path: "tests/journeys/plenary.test.ts",
    rows: { J7: "twelve pages and forty programs hold a whole workshop" },
    long: { PLENARY: "full" },
    minutes: 20,
  },
  {
    path: "tests/journeys/newcomer.test.ts",
    rows: { C46: "from the first look to another person’s words" },
    long: { LOCALES: "fr-FR,en-GB" },
  },
];
