import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useImportWatch } from "./use-import-watch";

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
  const hook = renderHook(({ mark }) => useImportWatch(true, mark, read), {
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
  renderHook(() => useImportWatch(true, "0", read));
  turn(true);
  await pass(120_000);
  expect(read).not.toHaveBeenCalled();
  turn(false);
  await pass(0);
  expect(read).toHaveBeenCalledTimes(1);
});

test("nothing is asked of what has ended, nor after the page is left", async () => {
  const read = vi.fn(async () => true);
  const ended = renderHook(() => useImportWatch(false, "0", read));
  const left = renderHook(() => useImportWatch(true, "0", read));
  left.unmount();
  await pass(120_000);
  ended.unmount();
  expect(read).not.toHaveBeenCalled();
});

test("an answer that does not come is told, until one comes", async () => {
  const read = vi.fn().mockResolvedValueOnce(false).mockResolvedValue(true);
  const hook = renderHook(() => useImportWatch(true, "0", read));
  await pass(2_000);
  expect(hook.result.current.isLost).toBe(true);
  await pass(3_000);
  expect(hook.result.current.isLost).toBe(false);
});
