import { integrationsUrl } from "../../../ui/urls";

/** The list of endpoints, or one of them by its id. */
export function webhooksUrl(of?: { readonly webhook: string }): string {
  const search = new URLSearchParams({ tab: "webhooks", ...of });
  return `${integrationsUrl()}?${search.toString()}`;
}
