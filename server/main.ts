/** Where the program begins: with words behind it this is a command of the host; without, the server. */
import { useCompiled } from "./compiled.ts";

// Before anything else is read, and only what is needed: whoever gives a command waits for no server.
useCompiled();
const [, , ...line] = process.argv;
if (line.length === 0) {
  const { serve } = await import("./serve.ts");
  await serve();
} else {
  const { runCommand } = await import("./commands/commands.ts");
  process.exitCode = await runCommand(line);
}
