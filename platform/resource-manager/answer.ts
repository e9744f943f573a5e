/** What an operation of the resource manager answers with. */
export interface Answer {
  readonly status: number;
  /** Written as JSON; absent: the answer has no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Azure Resource Manager's error body.
 *
 * @see https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md#handling-errors
 */
export function armError(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

/** @param id of the resource, as it was asked for */
export function resourceNotFound(id: string): Answer {
  return armError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
}
