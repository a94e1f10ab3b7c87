/** The first script of a workshop's page and of the code's: asks to be let in, while what the page will show itself with is on its way. */
import { knock } from "./door.ts";

// Pages where nobody comes in take from this file what they have in common with it.
if (document.querySelector("#entering")) void knock();
