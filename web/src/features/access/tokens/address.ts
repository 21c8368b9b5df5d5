import { integrationsUrl } from "../../../ui/urls";

/** The service account of that login, with its tokens. */
export function serviceAccountUrl(login: string): string {
  return `${integrationsUrl()}?${new URLSearchParams({ account: login }).toString()}`;
}
