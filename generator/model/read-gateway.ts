import { objectAt, stringsAt } from "../load/json.ts";
import { checkImportLimits } from "./check-import-limits.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { GatewayModel, OperationModel } from "./model.ts";

/**
 * How the gateway publishes an API: under the first segment of its public paths, to the products that the contract names.
 * @param products the products that `apim-policies/products/` has
 */
export function readGateway(
  name: string,
  operations: readonly OperationModel[],
  products: readonly string[],
  reader: ContractReader,
): GatewayModel | null {
  const published = operations.filter(({ internal }) => !internal);
  if (published.length === 0) return null;
  const path = readPath(published, reader);
  checkImportLimits(published, path, reader);
  const hasInternal = published.length < operations.length;
  return {
    path,
    products: readProducts(products, reader),
    backendKey: hasInternal
      ? { secret: `${name}-gateway-key`, kind: "function" }
      : { secret: `${name}-host-key`, kind: "host" },
  };
}

function readPath(published: readonly OperationModel[], reader: ContractReader): string {
  const segment = (path: string): string => path.split("/")[1] ?? "";
  const [first = "", ...others] = published.map(({ path }) => segment(path));
  const stray = published.find(({ path }) => segment(path) !== first);
  if (others.some((other) => other !== first) && stray) {
    const message = `${stray.path} is not under /${first}: the public paths of an API share their first segment`;
    reader.findings.report(stray.at, "apim/path", message);
  }
  if (first.includes("{")) {
    const message = `/${first} is the path of the API in APIM, which has no parameters`;
    reader.report(objectAt(reader.document, "paths"), published[0]?.path, "apim/path", message);
  }
  return first;
}

function readProducts(known: readonly string[], reader: ContractReader): string[] {
  const products = stringsAt(reader.document, "x-apim-products");
  if (products.length === 0) {
    reader.report(
      reader.document,
      undefined,
      "apim/products",
      "x-apim-products names no product: nobody could call the API",
    );
  }
  for (const product of products.filter((product) => !known.includes(product))) {
    const message = `there is no apim-policies/products/${product}.xml`;
    reader.report(reader.document, "x-apim-products", "apim/products", message);
  }
  return products;
}
