/** One rich text on the page: still HTML that follows the document, until somebody touches it and an editor wakes. */
import type { FunctionComponent } from "preact";
import type * as Y from "yjs";
import { readText } from "../../document/text/read.ts";
import type { Session } from "../session/session.ts";
import { StaticProse } from "./StaticProse.tsx";

export interface RichTextProps {
  session: Session;
  text: Y.Text;
  /** `title`, `prose:<section>` or `items:<section>:<item>`: where carets of this text stand. */
  place: string;
  label: string;
  /** Enter adds no line; pasted lines become one. A title also has no marks. */
  oneLine?: boolean;
  placeholder?: string;
  autofocus?: boolean;
}

export const RichText: FunctionComponent<RichTextProps> = ({ text, label }) => (
  <div class="rich-text" aria-label={label} role="group">
    <StaticProse prose={readText(text)} />
  </div>
);
