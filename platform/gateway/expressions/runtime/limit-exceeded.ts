/** A limit of the evaluator was met; no `catch` of a policy sees it. */
export class LimitExceeded extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LimitExceeded";
  }
}
