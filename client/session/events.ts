/** Reads a stream of server-sent events as it comes in. */

export interface ServerEvent {
  /** `message` where the server gave no name. */
  event: string;
  data: string;
}

/** One block of lines; undefined for a comment, which only keeps the line warm. */
const parse = (block: string): ServerEvent | undefined => {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^(event|data): ?(.*)$/.exec(line) ?? [];
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  return data.length > 0 ? { event, data: data.join("\n") } : undefined;
};

/** Every event, as soon as its block is complete. Throws what the stream throws; ends with it. */
export async function* eventsOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ServerEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    rest += value;
    // A whole document is one line in many pieces: look for its end only where there is one.
    if (!value?.includes("\n")) continue;
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}
