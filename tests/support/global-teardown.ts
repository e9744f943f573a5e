import { shared } from "./global-setup.ts";

export default async function tearDown(): Promise<void> {
  await shared.platform?.stop();
}
