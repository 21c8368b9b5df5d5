import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TextInput } from "./TextInput";
import { useTypedText } from "./use-typed-text";

function Probe({ kept, onSettle }: { kept: string; onSettle: (text: string) => void }) {
  const { input } = useTypedText(kept, onSettle);
  return <TextInput aria-label="查找" {...input} />;
}

const box = () => screen.getByLabelText<HTMLInputElement>("查找");
const type = (value: string) => {
  fireEvent.change(box(), { target: { value } });
};
const wait = () => {
  act(() => {
    vi.advanceTimersByTime(300);
  });
};

describe("useTypedText", () => {
  const settled = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers();
    settled.mockReset();
  });
  afterEach(() => {
    vi.useRealTimers();
    document.body.innerHTML = "";
  });

  it("hands text on once, when typing pauses", () => {
    render(<Probe kept="" onSettle={settled} />);
    type("学");
    type("学会");
    wait();
    expect(settled.mock.calls).toEqual([["学会"]]);
  });

  it("waits for the end of a composition", () => {
    render(<Probe kept="" onSettle={settled} />);
    fireEvent.compositionStart(box());
    type("xue");
    wait();
    expect(settled).not.toHaveBeenCalled();
    type("学");
    fireEvent.compositionEnd(box());
    wait();
    expect(settled.mock.calls).toEqual([["学"]]);
  });

  it("takes over a change from elsewhere, but not the answer to what it sent", () => {
    const { rerender } = render(<Probe kept="" onSettle={settled} />);
    type("科普");
    wait();
    type("科普月");
    rerender(<Probe kept="科普" onSettle={settled} />);
    expect(box().value).toBe("科普月");
    wait();
    rerender(<Probe kept="科普月" onSettle={settled} />);
    rerender(<Probe kept="" onSettle={settled} />);
    expect(box().value).toBe("");
  });
});
