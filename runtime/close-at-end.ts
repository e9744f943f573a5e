import { app } from "@azure/functions";

/** Has something done before the host ends the app's process. */
export function closeAtEnd({ close }: { readonly close: () => Promise<void> }): void {
  app.hook.appTerminate(close);
}
