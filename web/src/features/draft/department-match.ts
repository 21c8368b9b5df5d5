/** A department of the register, as far as names matter. */
export interface NamedDepartment {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly otherNames: readonly string[];
}

/** All names of a department, official one first. */
export function namesOf(department: NamedDepartment): string[] {
  return [...new Set([department.name, department.shortName, ...department.otherNames])];
}

/** Departments whose names or code hold the query; names that begin with it come first. */
export function searchDepartments<Department extends NamedDepartment>(
  departments: readonly Department[],
  query: string,
): Department[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [...departments];
  const ranked: { rank: number; department: Department }[] = [];
  for (const department of departments) {
    const names = [...namesOf(department), department.code].map((name) => name.toLowerCase());
    if (names.some((name) => name === wanted)) ranked.push({ rank: 0, department });
    else if (names.some((name) => name.startsWith(wanted))) ranked.push({ rank: 1, department });
    else if (names.some((name) => name.includes(wanted))) ranked.push({ rank: 2, department });
  }
  return ranked.toSorted((a, b) => a.rank - b.rank).map((one) => one.department);
}

const LEAST_LIKENESS = 0.5;

/**
 * Departments that an unknown name may mean, most alike first; at most `most`, none when nothing
 * is alike. A proposal only: a person chooses.
 */
export function proposals<Department extends NamedDepartment>(
  departments: readonly Department[],
  name: string,
  most = 3,
): Department[] {
  return departments
    .map((department) => ({
      department,
      likeness: Math.max(...namesOf(department).map((one) => likeness(one, name))),
    }))
    .filter((one) => one.likeness >= LEAST_LIKENESS)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map((one) => one.department);
}

/** From 0 to 1: how much of the shorter name stands, in order, in the longer one. */
export function likeness(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  const longer = Math.max(a.length, b.length);
  if (shorter === 0) return 0;
  const common = longestCommonSubsequence(a, b);
  return (common / shorter) * 0.7 + (common / longer) * 0.3;
}

function longestCommonSubsequence(a: string, b: string): number {
  let previous = new Array<number>(b.length + 1).fill(0);
  for (const sign of a) {
    const row = [0];
    for (let column = 0; column < b.length; column += 1) {
      const isSame = b.charAt(column) === sign;
      const diagonal = previous[column] ?? 0;
      row.push(isSame ? diagonal + 1 : Math.max(row[column] ?? 0, previous[column + 1] ?? 0));
    }
    previous = row;
  }
  return previous.at(-1) ?? 0;
}

/** A code to propose for a new department: Latin letters and digits of the name, else `U` and a number. */
export function proposedCode(name: string, taken: ReadonlySet<string>): string {
  const latin = name.replace(/[^A-Za-z0-9]/gu, "").toUpperCase();
  if (latin !== "" && !taken.has(latin)) return latin;
  let number = taken.size + 1;
  while (taken.has(`U${String(number)}`)) number += 1;
  return `U${String(number)}`;
}
