/** A thread that asks for pages and files, so that whoever measures does not pay for reading them. */
import { get } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

export interface Wishing {
  url: string;
  /** Asked for one after the other, each over a connection of its own. */
  wishes: { path: string; secret: string }[];
  everyMs: number;
  /** A good answer is longer than this. */
  longer: number;
}

export interface Wished {
  statuses: number[];
  /** Answers that are too short, or that refuse without saying when to come again. */
  wrong: string[];
  seconds: number;
}

const { url, wishes, everyMs, longer } = workerData as Wishing;
const wished: Wished = { statuses: [], wrong: [], seconds: 0 };

const wish = ({ path, secret }: Wishing["wishes"][number]): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = get(
      new URL(path, url),
      { headers: { authorization: `Bearer ${secret}` }, agent: false },
      (answer) => {
        let bytes = 0;
        const status = answer.statusCode ?? 0;
        wished.statuses.push(status);
        answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
        answer.on("end", () => {
          const right = status === 200 ? bytes > longer : answer.headers["retry-after"] !== undefined;
          if (!right) wished.wrong.push(`${path} was answered ${status} with ${bytes} bytes`);
          resolve();
        });
      },
    );
    asked.on("error", reject);
  });

const began = performance.now();
const asked: Promise<void>[] = [];
for (const each of wishes) {
  asked.push(wish(each));
  await new Promise((next) => setTimeout(next, everyMs));
}
await Promise.all(asked);
wished.seconds = (performance.now() - began) / 1000;
parentPort?.postMessage(wished);
