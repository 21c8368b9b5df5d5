/** The note on every page of the demo. */
export const messages = {
  note: "演示数据：人物与经过均为虚构，演示日期 {day}",
} as const;
