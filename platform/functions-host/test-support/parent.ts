import { superviseApp, type SuperviseOptions } from "../supervise-app.ts";

/** A platform that a test can kill: starts the app that `APP` describes and tells where it is. */
const paths = JSON.parse(process.env.APP ?? "{}") as Pick<
  SuperviseOptions,
  "bundle" | "hostJson" | "keysFile"
>;
const app = await superviseApp({ name: "app", environment: {}, ...paths, log: () => undefined });
process.send?.(app.url);
