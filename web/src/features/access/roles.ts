/** Roles that may be given, in their order. */
export const ROLES = [
  "OFFICER",
  "LIAISON",
  "LEADER",
  "MUNICIPAL_REPORTER",
  "VERIFIER",
  "VIEWER",
  "SYSTEM_ADMIN",
  "SECURITY_ADMIN",
  "AUDITOR",
] as const;
