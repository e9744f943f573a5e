import { describe, expect, it } from "@jest/globals";
import { caught } from "./testing/caught.ts";
import { isStreamed, streamedBody } from "./streamed-body.ts";
import type { Ending, StreamedBodyOptions } from "./streamed-body.ts";

/** What a body of these lines does, and what is told of its end. */
async function bodyOf(lines: AsyncIterable<unknown>, changes: Partial<StreamedBodyOptions> = {}) {
  const endings: Ending[] = [];
  const body = await streamedBody({
    lines,
    check: () => undefined,
    ended: (ending) => {
      endings.push(ending);
      return Promise.resolve();
    },
    ...changes,
  });
  return { body, endings };
}

/** Counts what is taken, and says when it is told to stop. */
function source(count: number, line: unknown = { text: "x" }) {
  const state = { taken: 0, returned: false };
  async function* lines() {
    try {
      while (state.taken < count) {
        state.taken++;
        yield await Promise.resolve(line);
      }
    } finally {
      state.returned = state.taken < count;
    }
  }
  return { state, lines: lines() };
}

describe("streamedBody", () => {
  it("sends each line with an end of its own, and tells its end before it closes", async () => {
    const { body, endings } = await bodyOf(source(3).lines);
    expect(await new Response(body).text()).toBe('{"text":"x"}\n'.repeat(3));
    expect(endings).toEqual([{ kind: "completed" }]);
  });

  it("is empty for no line", async () => {
    const { body, endings } = await bodyOf(source(0).lines);
    expect(await new Response(body).text()).toBe("");
    expect(endings).toEqual([{ kind: "completed" }]);
  });

  it("takes no more lines than its reader", async () => {
    const { state, lines } = source(1_000, { text: "x".repeat(10_000) });
    const reader = (await bodyOf(lines)).body.getReader();
    await reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.taken).toBeLessThan(10);
    await reader.cancel();
  });

  it("tells of a reader who goes away, once, and stops its source", async () => {
    const { state, lines } = source(1_000, { text: "x".repeat(10_000) });
    const { body, endings } = await bodyOf(lines);
    const reader = body.getReader();
    await reader.read();
    await reader.cancel();
    expect(endings).toEqual([{ kind: "aborted" }]);
    expect(state.returned).toBe(true);
  });

  it("breaks off where its source fails", async () => {
    const error = new Error("canary");
    async function* failing() {
      yield await Promise.resolve({ first: true });
      throw error;
    }
    const { body, endings } = await bodyOf(failing());
    expect(await caught(() => new Response(body).text())).toBe(error);
    expect(endings).toEqual([{ kind: "failed", error }]);
  });

  it("does not begin when its first line fails, or breaks its contract", async () => {
    const error = new Error("canary");
    async function* failing() {
      await Promise.reject(error);
    }
    expect(await caught(() => bodyOf(failing()))).toBe(error);
    const check = () => {
      throw error;
    };
    expect(await caught(() => bodyOf(source(1).lines, { check }))).toBe(error);
  });

  it("breaks off at a line that its contract does not know", async () => {
    const error = new Error("no such line");
    let checked = 0;
    const { body, endings } = await bodyOf(source(3).lines, {
      check: () => {
        if (++checked === 2) throw error;
      },
    });
    expect(await caught(() => new Response(body).text())).toBe(error);
    expect(endings).toEqual([{ kind: "failed", error }]);
  });

  it("breaks off when its end cannot be recorded", async () => {
    const error = new Error("the register is away");
    const { body } = await bodyOf(source(1).lines, { ended: () => Promise.reject(error) });
    expect(await caught(() => new Response(body).text())).toBe(error);
  });
});

describe("isStreamed", () => {
  it.each([[[]], ["text"], [null], [undefined], [{}], [1]])("is false for %j", (body) => {
    expect(isStreamed(body)).toBe(false);
  });
});
