/** Two people at one table without a server: the real sections on two real documents that tell each other everything. */
import { computed, signal } from "@preact/signals";
import { options, render } from "preact";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import "../../client/style/main.css";
import { loadLanguage, loadMoreWords } from "../../client/language.ts";
import { AddSection } from "../../client/sections/AddSection.tsx";
import { SectionView } from "../../client/sections/SectionView.tsx";
import { atLeast } from "../../document/capability.ts";
import { BARE } from "../../document/stage.ts";
import type { Notice, Session } from "../../client/session/session.ts";
import { newDocument } from "../../document/create.ts";
import { addItem } from "../../document/edit/items.ts";
import { itemOf, itemTextOf } from "../../document/layout.ts";
import { listen, LOCAL } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import type { Capability, Visitor } from "../../document/session.ts";
import type { Template } from "../../minutes/template.ts";
import type { Minutes } from "../../minutes/value.ts";

const template: Template = {
  id: "every-kind",
  language: "fr",
  name: "Tout",
  description: "",
  title: "Comment inclure de nouveaux publics ?",
  sections: [
    {
      id: "fiche",
      kind: "fields",
      heading: "Fiche",
      fields: [
        { id: "date", label: "Date", type: "date" },
        { id: "heure", label: "Heure", type: "time" },
        { id: "duree", label: "Durée", type: "duration" },
        { id: "nombre", label: "Participants", type: "number" },
        { id: "lieu", label: "Lieu", type: "place" },
        { id: "lien", label: "Lien", type: "address" },
        { id: "format", label: "Format", type: "choice", choices: ["En salle", "À distance"] },
      ],
    },
    {
      id: "gens",
      kind: "people",
      heading: "Participants",
      guidance: "Qui est là ?",
      sectors: ["Société Civile", "Administrations publiques", "Secteur Privé"],
    },
    { id: "notes", kind: "prose", heading: "Éléments principaux de la discussion", guidance: "Une puce par idée." },
    { id: "pistes", kind: "items", heading: "Pistes d’actions", marker: "number", actions: true, grouped: true },
    { id: "trois", kind: "ranking", heading: "Choisissez les trois points", source: "pistes", size: 3 },
    { id: "deroule", kind: "runsheet", heading: "Déroulé" },
    { id: "fin", kind: "notice", heading: "Suites", text: "Cet espace reste à votre disposition :" },
  ],
};

const people: Visitor[] = [
  { id: "v-nadia", name: "Nadia", organisation: "Ville de Lyon", colour: 2 },
  { id: "v-brice", name: "Brice", organisation: "Cartographes libres", colour: 5 },
];

interface Seat {
  session: Session;
  capability: { value: Capability };
  frozen: { value: boolean };
  said: string[];
}

const names = new Map(people.map((person) => [person.id, person.name]));

const seat = (doc: Y.Doc, visitor: Visitor): Seat => {
  const look = (): Minutes => read(doc, { id: "atelier", state: "live", names });
  const minutes = signal(look());
  const notices = signal<Notice[]>([]);
  const capability = signal<Capability>("write");
  const frozen = signal(false);
  const said: string[] = [];
  let waiting = false;
  listen(doc, "update", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      minutes.value = look();
    });
  });
  const session: Session = {
    id: "atelier",
    kind: "workshop",
    doc,
    awareness: new Awareness(doc),
    undo: new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL]) }),
    capability,
    visitor: signal(visitor),
    visitors: signal(new Map(people.map((person) => [person.id, person]))),
    present: signal([]),
    state: signal("live"),
    code: signal("KTF4M2"),
    address: signal("https://minutier.example/w/atelier#secret"),
    size: signal("ample" as const),
    readAddress: signal("https://minutier.example/r/secret"),
    saved: signal({ state: "saved" }),
    ready: signal(true),
    canWrite: computed(() => atLeast(capability.value, "write") && !frozen.value),
    minutes,
    latest: () => (minutes.value = look()),
    isMine: (section, item) => itemOf(doc, section, item)?.get("author") === visitor.id,
    picks: () => new Set(),
    structure: signal(false),
    news: signal([]),
    notices,
    stage: signal(BARE),
    frozen,
    hold: () => () => undefined,
    play: async () => undefined,
    now: () => new Date(),
    setPlace: () => undefined,
    spoken: signal(""),
    aside: signal(undefined),
    announce: (text) => void said.push(text),
    notify: (text, undo) => {
      said.push(text);
      notices.value = [{ id: said.length, text, ...(undo ? { undo } : {}) }];
    },
    dismiss: () => undefined,
    rename: async () => undefined,
    request: async () => new Response(null, { status: 204 }),
    close: () => undefined,
  };
  return { session, capability, frozen, said };
};

const Sheet = ({ session, name }: { session: Session; name: string }) => (
  <div id={name} class="sheet" lang="fr">
    {session.minutes.value.sections.map((section) => (
      <SectionView key={section.id} session={session} section={section} />
    ))}
    <AddSection session={session} />
  </div>
);

const ours = newDocument(template);
const theirs = new Y.Doc();
Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours));
for (const [from, to] of [
  [ours, theirs],
  [theirs, ours],
] as const) {
  listen(from, "update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "relay") Y.applyUpdate(to, update, "relay");
  });
}

// Preact tells its tools of every component it is about to draw, under this name.
const hooks = options as { __r?: (vnode: unknown) => void };
let drawn = 0;
const before = hooks.__r;
hooks.__r = (vnode) => {
  drawn += 1;
  before?.(vnode);
};

await loadLanguage();
await loadMoreWords();
const nadia = seat(ours, people[0] as Visitor);
const brice = seat(theirs, people[1] as Visitor);
const root = document.querySelector("#table") ?? document.body;
render(
  <main>
    <Sheet session={nadia.session} name="nadia" />
    <Sheet session={brice.session} name="brice" />
  </main>,
  root,
);

/** What the tests reach for. */
const table = {
  nadia,
  brice,
  minutes: (): Minutes => nadia.session.minutes.peek(),
  /** How many components were drawn so far, on both sheets. */
  drawn: (): number => drawn,
  /** Resolves once everything asked for so far is drawn. */
  settled: (): Promise<void> =>
    new Promise((done) => {
      requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));
    }),
  /** Somebody else captures `count` items at once. */
  fill: (count: number): void => {
    theirs.transact(() => {
      for (let n = 1; n <= count; n += 1) {
        addItem(theirs, "pistes", {
          text: `Piste ${n}`,
          author: "v-brice",
          at: new Date(Date.now() + n).toISOString(),
        });
      }
    }, LOCAL);
  },
  /** Somebody else begins a line, and says the rest in the very turn in which its beginning was drawn. */
  interrupt: (beginning: string, rest: string): void => {
    const section = document.querySelector('#nadia [id="section-pistes"]') ?? root;
    const id = addItem(theirs, "pistes", { text: beginning, author: "v-brice", at: new Date().toISOString() });
    const watcher = new MutationObserver(() => {
      if (!section.querySelector(`[data-row="${id}"]`)) return;
      watcher.disconnect();
      const text = itemTextOf(theirs, "pistes", id);
      theirs.transact(() => text?.insert(beginning.length, rest), LOCAL);
    });
    watcher.observe(section, { subtree: true, childList: true });
  },
};
Object.assign(globalThis, { table });
export type Table = typeof table;
