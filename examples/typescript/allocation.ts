// Shows what the office carries of a metric, and whom it gave which share: node allocation.ts 2025-19-M2
import { Duban } from "./duban.ts";

const SHARE = `query Share($metric: ID!, $unit: ID!) { metric(id: $metric) {
  name unit
  figures(department: $unit) { share verified attainment until }
  allocation(whole: $unit) { shares { figure department { code name } } } } }`;

type Data = {
  metric: {
    name: string;
    unit: string;
    figures: { share: string | null; verified: string | null; until: string } | null;
    allocation: { shares: { figure: string; department: { code: string; name: string } }[] } | null;
  } | null;
};

const [code] = process.argv.slice(2);
if (!code) throw new Error("usage: allocation.ts METRIC");
const duban = new Duban();
const { metric } = await duban.run<Data>(SHARE, { metric: code, unit: await duban.office() });
if (metric === null) throw new Error(`${code}: there is no such metric, or the token may not see it`);
const { figures, allocation } = metric;
console.log(
  `${code} ${metric.name}: share ${figures?.share ?? "none"} ${metric.unit},`,
  `verified ${figures?.verified ?? "nothing"} until ${figures?.until}`,
);
for (const { department, figure } of allocation?.shares ?? []) {
  console.log(department.code, department.name, figure);
}
