/** A run of words on the page, changed only where it changed: what somebody has selected in it stays selected. */
import { Component, createRef, type ComponentChildren } from "preact";
import { difference } from "./likeness.ts";

export class Words extends Component<{ text: string }> {
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
