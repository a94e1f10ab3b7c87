/** What a workshop starts from: a named skeleton of sections, with its labels in one language once resolved. */
import type { FieldType, Language, Marker, Prose, SectionKind } from "./value.ts";

export interface TemplateField {
  id: string;
  label: string;
  type: FieldType;
  choices?: string[];
  /** Written into the new document, e.g. a template that knows its place. */
  value?: string;
}

interface TemplateTerm {
  term: string;
  meaning: string;
}

interface TemplatePhase {
  label: string;
  minutes: number;
  groups?: number;
}

export interface TemplateSection {
  /** Stable within the template; becomes the section's id in the document. Matches /^[a-z][a-z0-9-]{0,39}$/. */
  id: string;
  kind: SectionKind;
  heading: string;
  guidance?: string;
  /** people */
  sectors?: string[];
  /** people: whoever joins is listed here */
  joining?: boolean;
  /** fields */
  fields?: TemplateField[];
  /** items */
  marker?: Marker;
  actions?: boolean;
  grouped?: boolean;
  /** items: headings of the groups that stand there from the start */
  groups?: string[];
  /** ranking */
  source?: string;
  size?: number;
  /** runsheet */
  phases?: TemplatePhase[];
  closing?: number;
  /** notice */
  text?: string;
  /** prose: text that stands there from the start */
  body?: Prose;
}

/** A template in one language. Texts may hold {title}, {date} and {place}, filled when the workshop starts. */
export interface Template {
  /** Matches /^[a-z][a-z0-9-]{0,39}$/ for a file, a workshop id for a template kept on this server. */
  id: string;
  language: Language;
  name: string;
  description: string;
  /** Stands above the title. */
  subtitle?: string;
  /** Told to whoever joins. */
  mandate?: string;
  /** Proposed title, may be empty. */
  title: string;
  sections: TemplateSection[];
  /** Words and acronyms that every workshop of this kind explains. */
  glossary?: TemplateTerm[];
}
