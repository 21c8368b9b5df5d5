import { integrationsUrl } from "../../../ui/urls";

/** The list of endpoints, or one of them by its id and the login of its account. */
export function webhooksUrl(of?: { readonly account: string; readonly webhook: string }): string {
  const search = new URLSearchParams({ tab: "webhooks", ...of });
  return `${integrationsUrl()}?${search.toString()}`;
}
