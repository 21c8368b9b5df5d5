import { describe, expect, it } from "vitest";
import { metricPrefill } from "./metric-prefill";

describe("metricPrefill", () => {
  it("reads value, unit, comparator and what is counted", () => {
    const sentence = "全年组织科普讲座不少于60场，覆盖各县区。";
    expect(metricPrefill("不少于60场", sentence)).toMatchObject({
      value: "60",
      unit: "场",
      comparator: "AT_LEAST",
      name: "科普讲座",
      phrase: "不少于60场",
    });
  });

  it("takes what follows the unit as the name", () => {
    expect(metricPrefill("80所", "在80所以上乡村学校建立科学小屋。")).toMatchObject({
      value: "80",
      unit: "所",
      comparator: "AT_LEAST",
      name: "乡村学校建立科学小屋",
    });
  });

  it("keeps 不超过 apart from 超过 and works 万 out", () => {
    expect(metricPrefill("不超过2万元", "每场活动经费不超过2万元。")).toMatchObject({
      value: "20000",
      unit: "元",
      comparator: "AT_MOST",
      name: "每场活动经费",
    });
    expect(metricPrefill("300万人次", "力争参观量突破300万人次。")).toMatchObject({
      value: "3000000",
      unit: "人次",
      comparator: "MORE_THAN",
      isTentative: true,
    });
  });

  it("sees 每年 and full-width per cent", () => {
    expect(metricPrefill("达到９０％", "每年满意度达到９０％。")).toMatchObject({
      value: "90",
      unit: "%",
      comparator: "REACH",
      isPerYear: true,
    });
  });

  it("takes the number at the excerpt, not an earlier one", () => {
    expect(metricPrefill("15项", "用3个月完成15项研究。")).toMatchObject({
      value: "15",
      unit: "项",
      name: "研究",
    });
  });

  it("leaves the figure empty where there is none", () => {
    expect(metricPrefill("若干场", "举办若干场活动。")).toMatchObject({ value: "", unit: "" });
  });

  it("works when the excerpt is not in the sentence", () => {
    expect(metricPrefill("12 场", "")).toMatchObject({ value: "12", unit: "场" });
  });
});
