/** Sign-in page. */
export const messages = {
  title: "登录",
  lead: "把印发的文件落到每一项任务",
  account: "账号",
  password: "密码",
  submit: "登录",
  pending: "正在登录",
  capsLock: "大写锁定已打开",
  "error.empty": "请填写账号和密码",
  "error.throttled": "尝试次数过多，请在 {time} 后再试",
  "error.offline": "连不上服务器，请检查网络后重试",
  "error.broken": "服务器没能完成登录，请稍后重试",
  "demo.title": "演示账号",
  "demo.more": "其他部门和市的账号（{count} 个）",
  "demo.hint": "仅在本机演示环境提供，点一下即可登录。",
} as const;
