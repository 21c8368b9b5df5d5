import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FIRST_WAIT_MS, nextWait, useWatch } from "./use-watch";

let isHidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  isHidden = false;
  vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

function turn(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
}

test("it asks less often while nothing happens, and soon again after a step forward", async () => {
  const read = vi.fn(async () => true);
  const hook = renderHook(({ mark }) => useWatch(true, mark, read), {
    initialProps: { mark: "0" },
  });
  await pass(2_000);
  expect(read).toHaveBeenCalledTimes(1);
  await pass(2_000);
  expect(read).toHaveBeenCalledTimes(1);
  await pass(1_000);
  expect(read).toHaveBeenCalledTimes(2);
  hook.rerender({ mark: "5000" });
  await pass(2_000);
  expect(read).toHaveBeenCalledTimes(3);
});

test("a page that is not looked at does not ask, and asks at once when it is again", async () => {
  const read = vi.fn(async () => true);
  renderHook(() => useWatch(true, "0", read));
  turn(true);
  await pass(120_000);
  expect(read).not.toHaveBeenCalled();
  turn(false);
  await pass(0);
  expect(read).toHaveBeenCalledTimes(1);
});

test("nothing is asked of what has ended, nor after the page is left", async () => {
  const read = vi.fn(async () => true);
  const ended = renderHook(() => useWatch(false, "0", read));
  const left = renderHook(() => useWatch(true, "0", read));
  left.unmount();
  await pass(120_000);
  ended.unmount();
  expect(read).not.toHaveBeenCalled();
});

test("an answer that does not come is told, until one comes", async () => {
  const read = vi.fn().mockResolvedValueOnce(false).mockResolvedValue(true);
  const hook = renderHook(() => useWatch(true, "0", read));
  await pass(2_000);
  expect(hook.result.current.isLost).toBe(true);
  await pass(3_000);
  expect(hook.result.current.isLost).toBe(false);
});

test("while nothing happens it is asked less and less often, and at last every half a minute", () => {
  const waits = [FIRST_WAIT_MS];
  for (let time = 0; time < 12; time += 1) waits.push(nextWait(waits.at(-1) ?? 0));
  expect(waits.slice(0, 3)).toEqual([2_000, 3_000, 4_500]);
  expect(waits.at(-1)).toBe(30_000);
});
