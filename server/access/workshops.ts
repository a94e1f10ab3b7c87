/** Workshops: begun in one unit with their links, their code and their first entry; their states. */
import { randomBytes } from "node:crypto";
import * as Y from "yjs";
import { newId } from "../../document/id.ts";
import { Refusal } from "../../document/refusal.ts";
import { CAPABILITIES, type Capability, type PerCapability, type WorkshopKind } from "../../document/session.ts";
import type { Language, State } from "../../minutes/value.ts";
import { MissingRow } from "../store/driver.ts";
import { addDocument, addEntry } from "../store/entries.ts";
import { addClient } from "../store/visitors.ts";
import {
  addLink,
  addWorkshop,
  replaceCode,
  setStateAndCode,
  workshopRow,
  workshopsOfKind,
} from "../store/workshops.ts";
import { untilFree } from "./chance.ts";
import { workshopOf, type Means, type Workshop } from "./grant.ts";
import { newCode, newLinkId } from "./letters.ts";
import { secretOf } from "./secrets.ts";

/** Whose the client ids of the server's own first update are. */
const SERVER = "";

interface Start {
  /** A fresh one unless told. */
  id?: string;
  /** The first update: the whole document as it begins. */
  update: Uint8Array;
  kind: WorkshopKind;
  language: Language;
  /** Id of the template it was started from. */
  template: string;
}

export interface Started {
  id: string;
  code: string | null;
  /** The secret of each link. */
  links: PerCapability;
}

export interface Workshops {
  /** The workshop, its four links, its code (kind workshop: it starts live) and its first entry: all or nothing. */
  createWorkshop(start: Start): Promise<Started>;
  /** Throws Refusal `unknown-workshop`. */
  workshop(id: string): Promise<Workshop>;
  /** Every workshop of kind template, oldest first; `log.minutes` of each gives its title. */
  templates(): Promise<Workshop[]>;
  /**
   * Gives a fresh code on becoming live and takes it away on leaving; a template never has one.
   * Sessions have to be told by the caller. Throws Refusal `unknown-workshop`.
   */
  setState(workshop: string, state: State): Promise<Workshop>;
  /**
   * Gives a live workshop another code: the one before leads nowhere, who came by it stays.
   * Sessions have to be told by the caller. Throws Refusal `unknown-workshop`, `not-live`.
   */
  renewCode(workshop: string): Promise<Workshop>;
}

const perCapability = (value: (capability: Capability) => string): PerCapability => ({
  read: value("read"),
  vote: value("vote"),
  write: value("write"),
  manage: value("manage"),
});

const EPOCH_BYTES = 6;

export const workshops = ({ store, sign, opened }: Means): Workshops => {
  const workshop = async (id: string): Promise<Workshop> => {
    const [[row]] = await store.read(workshopRow(id));
    if (!row) throw new Refusal("unknown-workshop");
    return workshopOf(row);
  };

  const createWorkshop = async ({ id: wanted, update, kind, language, template }: Start): Promise<Started> => {
    const live = kind === "workshop";
    const clients = [...Y.parseUpdateMeta(update).to.keys()];
    const at = Date.now();
    return untilFree(async () => {
      const id = wanted ?? newId();
      const code = live ? newCode() : null;
      const ids = perCapability(newLinkId);
      await store.write(
        // Random, so that a database put back from a backup and begun anew never takes up an epoch of the past.
        addDocument(id, randomBytes(EPOCH_BYTES).readUIntBE(0, EPOCH_BYTES)),
        ...addEntry(id, { at, visitor: null, bytes: update }),
        addWorkshop({ id, kind, language, template, state: live ? "live" : "open", code, created: at }),
        ...CAPABILITIES.map((capability) =>
          addLink({
            id: ids[capability],
            workshop: id,
            capability,
            label: "",
            personal: false,
            given: at,
            withdrawn: null,
          }),
        ),
        ...clients.map((client) => addClient(id, client, SERVER, at)),
      );
      return { id, code, links: perCapability((each) => secretOf(sign, ids[each])) };
    });
  };

  const setState = async (id: string, state: State): Promise<Workshop> => {
    const { kind } = await workshop(id);
    try {
      const [, [row]] = await opened.changing(id, () =>
        untilFree(() =>
          store.write(setStateAndCode(id, state, kind === "workshop" ? newCode() : null), workshopRow(id)),
        ),
      );
      return workshopOf(row!);
    } catch (error) {
      throw error instanceof MissingRow ? new Refusal("unknown-workshop") : error;
    }
  };

  const renewCode = async (id: string): Promise<Workshop> => {
    try {
      const [, [row]] = await opened.changing(id, () =>
        untilFree(() => store.write(replaceCode(id, newCode()), workshopRow(id))),
      );
      return workshopOf(row!);
    } catch (error) {
      if (!(error instanceof MissingRow)) throw error;
      await workshop(id);
      throw new Refusal("not-live");
    }
  };

  return {
    createWorkshop,
    workshop,
    renewCode,
    templates: async () => {
      const [rows] = await store.read(workshopsOfKind("template"));
      return rows.map(workshopOf);
    },
    setState,
  };
};
