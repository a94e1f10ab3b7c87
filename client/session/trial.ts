/** A socket on trial until the first frame arrives: whether the network lets frames through shows only then. */

/** A line that opened, or was spoken to, answers within this, plus up to as much as `SPREAD`. */
const PATIENCE = 5_000;
/** A whole room behind one proxy must not come round at the same moment. */
const SPREAD = 2_000;
/** A timer later than this ran in a page that slept: it proves nothing. */
const LATE = 2_000;

export interface Verdict {
  /** How many times the usual patience this socket is given. */
  readonly patience: number;
  /** A frame has arrived. */
  answered(): void;
  /** It ended, or fell silent, before any frame arrived. */
  failed(how: { opened: boolean; silent: boolean }): void;
}

/** Whether the other end chose this code itself, having understood us. */
const spoken = (code: number): boolean => code >= 4000 || [1001, 1009, 1012, 1013].includes(code);

/** A WebSocket class each of whose sockets is judged once. `trial` is called for each as it is made. */
export const onTrial = (Socket: typeof WebSocket, trial: () => Verdict): typeof WebSocket =>
  class extends Socket {
    readonly #verdict = trial();
    #opened = false;
    #over = false;
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(address: string | URL) {
      super(address);
      this.#wait();
      this.addEventListener("open", () => {
        this.#opened = true;
        // Nothing can be expected before something was said, and the token for it may take its time.
        clearTimeout(this.#timer);
        this.#timer = undefined;
      });
      this.addEventListener("message", () => {
        if (this.#end()) this.#verdict.answered();
      });
      this.addEventListener("close", ({ code }) => {
        if (this.#end() && !spoken(code)) this.#verdict.failed({ opened: this.#opened, silent: false });
      });
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      super.send(data as ArrayBufferView<ArrayBuffer>);
      if (!this.#over && this.#timer === undefined) this.#wait();
    }

    /** Given up from here: no verdict on the network. */
    override close(code?: number, reason?: string): void {
      this.#end();
      super.close(code, reason);
    }

    #wait(): void {
      const span = (PATIENCE + Math.random() * SPREAD) * this.#verdict.patience;
      const due = Date.now() + span;
      this.#timer = setTimeout(() => {
        if (Date.now() - due > LATE) return this.#wait();
        if (this.#end()) this.#verdict.failed({ opened: this.#opened, silent: true });
      }, span);
    }

    /** False when it was over already. */
    #end(): boolean {
      clearTimeout(this.#timer);
      const first = !this.#over;
      this.#over = true;
      return first;
    }
  };
