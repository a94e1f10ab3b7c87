/** Has the program kept on this device, so that it also opens without network. */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): {
    createScriptURL(address: string): string;
  };
}

const ADDRESS = "/service-worker.js";

/** Where browsers insist that addresses of scripts come from a policy, this is the one address there is. */
const trusted = (): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return (
    trustedTypes?.createPolicy("minutier-service-worker", { createScriptURL: () => ADDRESS }).createScriptURL("") ??
    ADDRESS
  );
};

/** When the page has all it needs itself. Where a browser keeps nothing, nothing changes. */
export const keepProgram = (): void => {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (!serviceWorker) return;
  const register = (): void => {
    // An answer from elsewhere than the network would hide that there is a newer program.
    serviceWorker.register(trusted(), { updateViaCache: "none" }).catch(() => undefined);
  };
  const later = (): unknown => setTimeout(register, 3_000);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
};
