/**
 * Runs a task for each number from 0 on, so many at a time. After the first failure no further task starts.
 *
 * @returns when every task that has started is over
 * @throws what the first task to fail threw
 */
export async function concurrently(
  count: number,
  width: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count && failures.length === 0) {
      const index = next++;
      await task(index).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  if (failures.length > 0) throw failures[0];
}
