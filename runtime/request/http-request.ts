/** What the pipeline reads of a request: the part of `HttpRequest` of @azure/functions that it uses. */
export interface HttpRequest {
  readonly method: string;
  /** The whole URL, query included. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  /** Path parameters, decoded by the Functions host. */
  readonly params: Readonly<Record<string, string>>;
  arrayBuffer(): Promise<ArrayBuffer>;
}
