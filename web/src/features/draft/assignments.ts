/** Who is responsible for a task, by department id. */
export interface Responsibility {
  readonly lead: string | null;
  readonly support: readonly string[];
}

/** Adds a department; the first one leads. */
export function withDepartment(who: Responsibility, id: string): Responsibility {
  if (who.lead === null) return { lead: id, support: who.support };
  if (who.lead === id || who.support.includes(id)) return who;
  return { lead: who.lead, support: [...who.support, id] };
}

/** Makes a department the lead; the former lead supports from now on, first in the list. */
export function withLead(who: Responsibility, id: string): Responsibility {
  if (who.lead === id) return who;
  const others = who.support.filter((one) => one !== id);
  return { lead: id, support: who.lead === null ? others : [who.lead, ...others] };
}

/** Takes a supporting department off. */
export function withoutSupport(who: Responsibility, id: string): Responsibility {
  return { lead: who.lead, support: who.support.filter((one) => one !== id) };
}

/** What a task's assignments say; a second lead, where a text names two, counts as support. */
export function responsibilityOf(
  assignments: readonly { readonly role: string; readonly department: { readonly id: string } }[],
): Responsibility {
  const lead = assignments.find((one) => one.role === "LEAD")?.department.id ?? null;
  const support = assignments.map((one) => one.department.id).filter((id) => id !== lead);
  return { lead, support };
}
