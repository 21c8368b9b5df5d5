/** Every area of the catalogue by its Chinese file, which is the complete one. */
export interface Areas {
  access: typeof import("./zh-CN/access").messages;
  accounts: typeof import("./zh-CN/accounts").messages;
  allocation: typeof import("./zh-CN/allocation").messages;
  act: typeof import("./zh-CN/act").messages;
  asOf: typeof import("./zh-CN/asOf").messages;
  attention: typeof import("./zh-CN/attention").messages;
  audit: typeof import("./zh-CN/audit").messages;
  amend: typeof import("./zh-CN/amend").messages;
  calendar: typeof import("./zh-CN/calendar").messages;
  common: typeof import("./zh-CN/common").messages;
  demo: typeof import("./zh-CN/demo").messages;
  domain: typeof import("./zh-CN/domain").messages;
  download: typeof import("./zh-CN/download").messages;
  draft: typeof import("./zh-CN/draft").messages;
  factor: typeof import("./zh-CN/factor").messages;
  figures: typeof import("./zh-CN/figures").messages;
  handOut: typeof import("./zh-CN/handOut").messages;
  help: typeof import("./zh-CN/help").messages;
  import: typeof import("./zh-CN/import").messages;
  integrations: typeof import("./zh-CN/integrations").messages;
  items: typeof import("./zh-CN/items").messages;
  life: typeof import("./zh-CN/life").messages;
  mails: typeof import("./zh-CN/mails").messages;
  matrix: typeof import("./zh-CN/matrix").messages;
  matters: typeof import("./zh-CN/matters").messages;
  lightRules: typeof import("./zh-CN/lightRules").messages;
  me: typeof import("./zh-CN/me").messages;
  metrics: typeof import("./zh-CN/metrics").messages;
  notices: typeof import("./zh-CN/notices").messages;
  notifications: typeof import("./zh-CN/notifications").messages;
  orgs: typeof import("./zh-CN/orgs").messages;
  overview: typeof import("./zh-CN/overview").messages;
  plan: typeof import("./zh-CN/plan").messages;
  plans: typeof import("./zh-CN/plans").messages;
  report: typeof import("./zh-CN/report").messages;
  reportRules: typeof import("./zh-CN/reportRules").messages;
  review: typeof import("./zh-CN/review").messages;
  sheets: typeof import("./zh-CN/sheets").messages;
  shell: typeof import("./zh-CN/shell").messages;
  signIn: typeof import("./zh-CN/signIn").messages;
  task: typeof import("./zh-CN/task").messages;
  tasks: typeof import("./zh-CN/tasks").messages;
  wall: typeof import("./zh-CN/wall").messages;
}

export type Area = keyof Areas;

/** A sentence, or two forms chosen by `count`. */
export type Message = string | { readonly one: string; readonly other: string };
export type Catalogue = Readonly<Record<string, Message>>;

/** Reads each file of one language, by its path. */
export type CatalogueFiles = Readonly<
  Record<string, () => Promise<{ readonly messages: Catalogue }>>
>;

/** What the English file of an area must hold: the same keys. */
export type Translated<Source extends Catalogue> = { readonly [Key in keyof Source]: Message };
