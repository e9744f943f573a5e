import { createHash, createHmac } from "node:crypto";
import { ClrValue } from "../runtime/clr-value.ts";
import { currentContext, spend } from "../runtime/evaluation.ts";
import { defineType, type TypeDefinition } from "../types/type-definition.ts";

/** A hash or HMAC algorithm; `secret` null for a plain hash. */
class HashAlgorithm extends ClrValue {
  readonly typeName: string;
  readonly algorithm: string;
  readonly secret: Uint8Array | null;

  constructor(name: string, algorithm: string, secret: Uint8Array | null) {
    super();
    this.typeName = `System.Security.Cryptography.${name}`;
    this.algorithm = algorithm;
    this.secret = secret;
  }

  compute(bytes: Uint8Array): Uint8Array {
    spend(Math.ceil(bytes.length / 64));
    const hash = this.secret === null ? createHash(this.algorithm) : createHmac(this.algorithm, this.secret);
    return Uint8Array.from(hash.update(bytes).digest());
  }
}

const ALGORITHMS = ["MD5", "SHA1", "SHA256", "SHA384", "SHA512"] as const;

const base = defineType("class System.Security.Cryptography.HashAlgorithm", {
  holds: (value) => value instanceof HashAlgorithm,
  instance: {
    "byte[] ComputeHash(byte[] bytes)": (self: HashAlgorithm, bytes: Uint8Array) => self.compute(bytes),
    "void Dispose()": () => undefined,
  },
});

/** The hash and HMAC classes. */
export const HASH_TYPES: readonly TypeDefinition[] = [
  base,
  ...ALGORITHMS.flatMap((name) => [hashType(name), managedType(name), hmacType(name)]),
];

function hashType(name: string): TypeDefinition {
  const create = () => new HashAlgorithm(name, name.toLowerCase(), null);
  return defineType(`class System.Security.Cryptography.${name} : HashAlgorithm`, {
    holds: (value) => value instanceof HashAlgorithm && value.typeName.endsWith(`.${name}`),
    statics: { [`${name} Create()`]: create },
  });
}

/** `new SHA256Managed()` and its kin; `MD5CryptoServiceProvider` by its own name. */
function managedType(name: string): TypeDefinition {
  const className = name === "MD5" ? "MD5CryptoServiceProvider" : `${name}Managed`;
  return defineType(`class System.Security.Cryptography.${className} : ${name}`, {
    constructors: { "()": () => new HashAlgorithm(name, name.toLowerCase(), null) },
  });
}

function hmacType(name: string): TypeDefinition {
  const algorithm = name.toLowerCase();
  return defineType(`class System.Security.Cryptography.HMAC${name} : HashAlgorithm`, {
    holds: (value) => value instanceof HashAlgorithm && value.typeName.endsWith(`.HMAC${name}`),
    constructors: {
      "()": () => new HashAlgorithm(`HMAC${name}`, algorithm, randomKey()),
      "(byte[] secret)": (secret: Uint8Array) =>
        new HashAlgorithm(`HMAC${name}`, algorithm, Uint8Array.from(secret)),
    },
    instance: { "byte[] Key": (self: HashAlgorithm) => self.secret },
  });
}

function randomKey(): Uint8Array {
  return Uint8Array.from({ length: 64 }, () => Math.floor(currentContext().random() * 256));
}
