/** A run of words on the page, changed only where it changed: what somebody has selected in it stays selected. */
import { signal } from "@preact/signals";
import { Component, createRef, type ComponentChildren, type FunctionComponent } from "preact";
import type { Lexicon } from "../../minutes/glossary.ts";
import { difference } from "./likeness.ts";

/** Finds what the glossary explains; nothing until a workshop says so. The text itself is never touched by it. */
export const lexiconShown = signal<Lexicon>(() => []);

export const Words: FunctionComponent<{ text: string }> = ({ text }) => {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { from, to, term } of lexiconShown.value(text)) {
    if (from > at) parts.push(<Run key={`${at} words`} text={text.slice(at, from)} />);
    parts.push(
      <abbr key={`${from} ${term.term}`} title={term.meaning}>
        {text.slice(from, to)}
      </abbr>,
    );
    at = to;
  }
  if (parts.length === 0) return <Run text={text} />;
  return (
    <>
      {parts}
      {at < text.length && <Run key="rest" text={text.slice(at)} />}
    </>
  );
};

class Run extends Component<{ text: string }> {
  readonly #span = createRef<HTMLSpanElement>();

  override shouldComponentUpdate({ text }: { text: string }): boolean {
    const node = this.#span.current?.firstChild;
    if (!(node instanceof Text)) return true;
    const { start, removed, added } = difference(node.data, text);
    // Setting the words as a whole would throw every selection in them to the start.
    if (removed > 0 || added !== "") node.replaceData(start, removed, added);
    return false;
  }

  override render(): ComponentChildren {
    return <span ref={this.#span}>{this.props.text}</span>;
  }
}
