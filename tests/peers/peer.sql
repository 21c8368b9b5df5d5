-- What PostGraphile is given so that it can be asked for the facts that Duban tells: counts as views, where its
-- documents would have them, with the relations that tables have by their keys. Granted to `:role`: reading, and
-- adding measurements.
CREATE SCHEMA peers;

-- Which sections lie within which, once and for all: told anew for each request it would only cost the peer.
CREATE TABLE peers.section_within (
  section_id uuid NOT NULL,
  within_id uuid NOT NULL,
  PRIMARY KEY (section_id, within_id)
);
WITH RECURSIVE within(section_id, within_id) AS (
  SELECT id, id FROM section
  UNION ALL
  SELECT w.section_id, s.id FROM within w JOIN section s ON s.parent_id = w.within_id
)
INSERT INTO peers.section_within SELECT section_id, within_id FROM within;
COMMENT ON TABLE peers.section_within IS '@omit';

CREATE VIEW peers.plan_count AS
SELECT p.id AS plan_id,
  (SELECT count(*) FROM task t WHERE t.plan_id = p.id)::int AS task_count,
  (SELECT count(*) FROM metric m WHERE m.plan_id = p.id)::int AS metric_count,
  (SELECT count(DISTINCT m.task_id) FROM metric m WHERE m.plan_id = p.id)::int AS task_with_metric_count,
  (SELECT count(t.deadline) FROM task t WHERE t.plan_id = p.id)::int AS task_with_deadline_count
FROM plan p;
COMMENT ON VIEW peers.plan_count IS
  E'@primaryKey plan_id\n@foreignKey (plan_id) references public.plan (id)|@foreignFieldName counts';

CREATE VIEW peers.state_count AS
SELECT plan_id, state, count(*)::int AS count FROM task WHERE plan_id IS NOT NULL GROUP BY plan_id, state;
COMMENT ON VIEW peers.state_count IS
  E'@primaryKey plan_id,state\n@foreignKey (plan_id) references public.plan (id)|@foreignFieldName byState';

CREATE VIEW peers.kind_count AS
SELECT plan_id, kind, count(*)::int AS count FROM task WHERE plan_id IS NOT NULL GROUP BY plan_id, kind;
COMMENT ON VIEW peers.kind_count IS
  E'@primaryKey plan_id,kind\n@foreignKey (plan_id) references public.plan (id)|@foreignFieldName byKind';

CREATE VIEW peers.section_count AS
SELECT s.plan_id, s.id AS section_id, s.position,
  (SELECT count(*) FROM peers.section_within w JOIN task t ON t.section_id = w.within_id
   WHERE w.section_id = s.id)::int AS task_count
FROM section s;
COMMENT ON VIEW peers.section_count IS
  E'@primaryKey section_id\n@foreignKey (plan_id) references public.plan (id)|@foreignFieldName bySection\n@foreignKey (section_id) references public.section (id)|@fieldName section';

CREATE VIEW peers.department_count AS
SELECT t.plan_id, a.department_id,
  (count(*) FILTER (WHERE a.role = 'LEAD'))::int AS lead_count,
  (count(*) FILTER (WHERE a.role = 'SUPPORT'))::int AS support_count
FROM assignment a JOIN task t ON t.id = a.task_id
WHERE t.plan_id IS NOT NULL
GROUP BY t.plan_id, a.department_id;
COMMENT ON VIEW peers.department_count IS
  E'@primaryKey plan_id,department_id\n@foreignKey (plan_id) references public.plan (id)|@foreignFieldName byDepartment\n@foreignKey (department_id) references public.department (id)|@fieldName department';

CREATE VIEW peers.task_lead AS
SELECT task_id, department_id FROM assignment WHERE role = 'LEAD';
COMMENT ON VIEW peers.task_lead IS
  E'@primaryKey task_id\n@foreignKey (task_id) references public.task (id)|@foreignFieldName lead\n@foreignKey (department_id) references public.department (id)|@fieldName department';

-- A function of a row stands in the schema of its table.
CREATE FUNCTION plan_next_deadlines(p plan) RETURNS SETOF task LANGUAGE sql STABLE AS $$
  SELECT t.* FROM task t
  WHERE t.plan_id = p.id AND t.deadline IS NOT NULL AND t.state NOT IN ('COMPLETED', 'ARCHIVED', 'CANCELLED')
  ORDER BY t.deadline, t.position, t.id
$$;

CREATE VIEW peers.rollup_cell AS
SELECT metric_id, department_id, period,
  CASE WHEN verified_amounts > 0
    THEN ((verified_value_high * 1000000000000.0 + verified_value_low) * 0.0001)::numeric(28, 4) END AS verified,
  on_time::int, late::int, not_applicable::int
FROM kept_figure WHERE part = 'OF_PERIOD';
COMMENT ON VIEW peers.rollup_cell IS
  E'@primaryKey metric_id,department_id,period\n@foreignKey (department_id) references public.department (id)|@foreignFieldName cells';

GRANT USAGE ON SCHEMA peers TO :role;
GRANT SELECT ON plan, section, task, metric, department, measurement TO :role;
GRANT INSERT ON measurement TO :role;
GRANT SELECT ON peers.plan_count, peers.state_count, peers.kind_count, peers.section_count,
  peers.department_count, peers.task_lead, peers.rollup_cell TO :role;
ANALYZE;
