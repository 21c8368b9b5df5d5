import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Combobox, optionsFor, stepped } from "./Combobox";

const OPTIONS = [
  { id: "a", label: "学会学术部", search: "学会学术部 学术部 XXB" },
  { id: "b", label: "科学技术普及部", search: "科学技术普及部 科普部 KPB" },
  { id: "c", label: "省科普中心", search: "省科普中心 KPZX" },
];

function show(onChange = vi.fn()) {
  render(<Combobox label="牵头部门" options={OPTIONS} value={null} onChange={onChange} />);
  return { onChange, input: screen.getByRole("combobox", { name: "牵头部门" }) };
}

describe("Combobox", () => {
  it("narrows by any of an option's names and takes the first with Enter", async () => {
    const { onChange, input } = show();
    await userEvent.type(input, "kpb");
    expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["科学技术普及部"]);
    await userEvent.keyboard("{Enter}");
    expect(onChange).toHaveBeenCalledWith("b");
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  it("moves by arrows and tells which option is meant", async () => {
    const { onChange, input } = show();
    await userEvent.click(input);
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    const meant = screen.getAllByRole("option")[1];
    expect(input.getAttribute("aria-activedescendant")).toBe(meant?.id);
    await userEvent.keyboard("{Enter}");
    expect(onChange).toHaveBeenCalledWith("b");
  });

  it("closes with Esc, forgets what was typed, and chooses nothing", async () => {
    const { onChange, input } = show();
    await userEvent.type(input, "科普{Escape}");
    expect(screen.queryByRole("listbox")).toBeNull();
    expect((input as HTMLInputElement).value).toBe("");
    expect(onChange).not.toHaveBeenCalled();
  });

  it("says when nothing matches", async () => {
    const { input } = show();
    await userEvent.type(input, "没有这个部门");
    expect(screen.getByRole("status").textContent).toBe("没有相符的条目");
  });

  it("chooses with the pointer", async () => {
    const { onChange, input } = show();
    await userEvent.click(input);
    await userEvent.click(screen.getByText("省科普中心"));
    expect(onChange).toHaveBeenCalledWith("c");
  });
});

describe("optionsFor and stepped", () => {
  it("wants every word", () => {
    expect(optionsFor(OPTIONS, "科普 中心").map((one) => one.id)).toEqual(["c"]);
  });

  it("goes round at the ends", () => {
    expect(stepped(-1, 1, 3)).toBe(0);
    expect(stepped(-1, -1, 3)).toBe(2);
    expect(stepped(2, 1, 3)).toBe(0);
    expect(stepped(0, 1, 0)).toBe(-1);
  });
});
