import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { editKeyFile, readKeyFile } from "./key-file.ts";
import { prepareKeyFile } from "./prepare-key-file.ts";

describe("a keys file", () => {
  let directory: string;
  let path: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "specimen-key-file-"));
    path = join(directory, "keys.json");
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (content: unknown) => writeFileSync(path, JSON.stringify(content));

  describe("edited", () => {
    it("is made when absent, for its owner alone, and nothing else is left in its folder", () => {
      expect(editKeyFile(path, ({ hostKeys }) => (hostKeys.default = "a"))).toBe("a");
      editKeyFile(path, ({ functionKeys }) => (functionKeys.list = { gateway: "b" }));
      expect(readKeyFile(path)).toEqual({
        hostKeys: { default: "a" },
        functionKeys: { list: { gateway: "b" } },
      });
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readdirSync(directory)).toEqual(["keys.json"]);
    });

    it("is for its owner alone even where it was for everybody", () => {
      writeFileSync(path, '{"hostKeys":{"default":"a"}}', { mode: 0o644 });
      editKeyFile(path, ({ hostKeys }) => (hostKeys.second = "b"));
      expect(statSync(path).mode & 0o777).toBe(0o600);
    });

    it("stays as it is when the change fails", () => {
      write({ hostKeys: { default: "a" } });
      const fail = () =>
        editKeyFile(path, ({ hostKeys }) => {
          delete hostKeys.default;
          throw new Error("no");
        });
      expect(fail).toThrow("no");
      expect(readKeyFile(path).hostKeys).toEqual({ default: "a" });
    });

    it.each([
      ["no JSON", "{ secret-key"],
      ["no object", '["secret-key"]'],
      ["an empty key", '{"hostKeys":{"default":""},"functionKeys":{"a":{"b":"secret-key"}}}'],
      ["a key that is no text", '{"hostKeys":{"default":{"secret-key":1}}}'],
      ["a list of functions", '{"functionKeys":["secret-key"]}'],
    ])("is not overwritten, nor quoted, when it is %s", (_, text) => {
      writeFileSync(path, text);
      const attempt = () => editKeyFile(path, () => undefined);
      expect(attempt).toThrow(path);
      expect(attempt).not.toThrow("secret-key");
      expect(readFileSync(path, "utf8")).toBe(text);
    });
  });

  describe("prepared for an app's start", () => {
    const functions = ["get", "list", "write"];
    const gateway = { key: "gateway-key", functions: ["get", "list"] };
    const prepare = (change: Partial<Parameters<typeof prepareKeyFile>[1]> = {}) => {
      prepareKeyFile(path, { functions, hostKey: "host-key", gateway, ...change });
      return readKeyFile(path);
    };

    it("has the keys that must open, and a master key", () => {
      expect(prepare()).toEqual({
        hostKeys: { default: "host-key", _master: expect.stringMatching(/^[\w-]{43}$/) },
        functionKeys: { get: { gateway: "gateway-key" }, list: { gateway: "gateway-key" } },
      });
    });

    it("keeps what is there: keys of a rotation, and the master key", () => {
      const keys = {
        hostKeys: { default: "old", second: "host-key", _master: "m" },
        functionKeys: {
          get: { gateway: "old", second: "gateway-key" },
          list: { gateway: "old", second: "gateway-key", debug: "d" },
          write: { own: "w" },
        },
      };
      write(keys);
      expect(prepare()).toEqual(keys);
    });

    it("lets the vault's keys open a file from elsewhere; a master key alone is no host key", () => {
      write({
        hostKeys: { default: "elsewhere", _master: "host-key" },
        functionKeys: { get: { gateway: "x" } },
      });
      const { hostKeys, functionKeys } = prepare();
      expect(hostKeys).toEqual({ default: "host-key", _master: "host-key" });
      expect(functionKeys).toEqual({
        get: { gateway: "gateway-key" },
        list: { gateway: "gateway-key" },
      });
    });

    it("follows the contract: drops what it no longer has, opens what is new, closes what is no longer public", () => {
      const shared = { gateway: "gateway-key", second: "next" };
      write({
        hostKeys: { default: "host-key" },
        functionKeys: { gone: shared, write: { ...shared, own: "w" }, get: { ...shared, debug: "d" } },
      });
      expect(prepare().functionKeys).toEqual({
        write: { own: "w" },
        get: { ...shared, debug: "d" },
        list: { ...shared, debug: "d" },
      });
      write({
        hostKeys: { default: "host-key" },
        functionKeys: { write: shared, get: { ...shared, debug: "d" }, list: shared },
      });
      const opened = prepare({
        functions: [...functions, "search"],
        gateway: { ...gateway, functions: ["get", "list", "search"] },
      });
      expect(opened.functionKeys).toEqual({
        write: {},
        get: { ...shared, debug: "d" },
        list: shared,
        search: shared,
      });
    });

    it("gives no function a key of its own where the gateway presents the host key", () => {
      prepareKeyFile(path, { functions, hostKey: "host-key" });
      expect(readKeyFile(path).functionKeys).toEqual({});
    });

    it("stops the start on a file that cannot be used", () => {
      writeFileSync(path, "{");
      expect(() => prepare()).toThrow(path);
    });
  });
});
