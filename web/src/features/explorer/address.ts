/** 接口试验台. */
export function graphiqlUrl(): string {
  return "/graphiql";
}
