import { stringsAt } from "../load/json.ts";
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
  for (const operation of published) checkForImport(operation, reader);
  const hasInternal = published.length < operations.length;
  return {
    path: readPath(published, reader),
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

/** What APIM's import would change or refuse ("API import restrictions and known issues"). */
function checkForImport({ parameters, summary, at }: OperationModel, reader: ContractReader): void {
  const query = parameters.filter((parameter) => parameter.in === "query");
  for (const parameter of query.filter(({ required }) => required)) {
    const message = `${parameter.name} would become part of the path in APIM: its absence would be a 404`;
    reader.findings.report(parameter.at, "apim/required-query-parameter", message);
  }
  const inPath = new Set(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name));
  for (const parameter of query.filter(({ name }) => inPath.has(name))) {
    reader.findings.report(parameter.at, "apim/parameter-name", `${parameter.name} is also a path parameter`);
  }
  if (summary.length > 300)
    reader.findings.report(at, "apim/summary", "APIM takes a summary of at most 300 characters");
}
