import { dirname, join } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Builds texts in the place of modules. What a text imports is looked for from where the module is.
 * @param modules by path relative to the project, in TypeScript
 */
export function replaceModules(projectDirectory: string, modules: Readonly<Record<string, string>>): Plugin {
  const texts = new Map(Object.entries(modules).map(([path, text]) => [join(projectDirectory, path), text]));
  return {
    name: "replace-modules",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = texts.get(path);
        return contents === undefined ? undefined : { contents, loader: "ts", resolveDir: dirname(path) };
      });
    },
  };
}
