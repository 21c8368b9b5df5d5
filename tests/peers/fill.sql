-- More than the demo holds, so that there is a page of 50 tasks and a figure in each of 18 cities and 12 months.
-- `duban rollup verify` says afterwards whether what is kept of figures is what the program would keep.

-- Each task of the plan once more, with the departments that answer for it.
CREATE TEMPORARY TABLE twin AS
SELECT t.id AS old_id, gen_random_uuid() AS id,
  row_number() OVER (ORDER BY t.position) AS number,
  (SELECT max(position) FROM task) AS last
FROM task t JOIN plan p ON p.id = t.plan_id WHERE p.code = '2025' AND t.parent_id IS NULL;

INSERT INTO task (id, code, kind, state, plan_id, section_id, number, ordinal, title, text, is_role_stated,
  has_others_unnamed, deadline, deadline_text, span_start, span_end, position, search, updated_at, version)
SELECT w.id, '2025-G' || w.number, kind, state, plan_id, section_id, t.number, ordinal, title, text,
  is_role_stated, has_others_unnamed, deadline, deadline_text, span_start, span_end, w.last + w.number, search,
  updated_at, 1
FROM task t JOIN twin w ON w.old_id = t.id;

INSERT INTO assignment (id, task_id, department_id, role, name_in_text, position)
SELECT gen_random_uuid(), w.id, department_id, role, name_in_text, position
FROM assignment a JOIN twin w ON w.old_id = a.task_id;

-- The city without counties has one as well, so that each of the 18 adds something up.
INSERT INTO department (id, code, name, short_name, other_names, kind, position, valid_from, search, version)
VALUES (gen_random_uuid(), 'G419001', '生成', '生成', '[]', 'COUNTY_ASSOCIATION', 1, '2024-01-01', '', 1);
INSERT INTO department_parent (id, department_id, parent_id, valid_from)
SELECT gen_random_uuid(), d.id, city.id, '2024-01-01' FROM department d, department city
WHERE d.code = 'G419001' AND city.code = '419001';
INSERT INTO department_closure (ancestor_id, descendant_id, depth)
SELECT d.id, d.id, 0 FROM department d WHERE d.code = 'G419001'
UNION ALL
SELECT c.ancestor_id, d.id, c.depth + 1 FROM department d, department city
JOIN department_closure c ON c.descendant_id = city.id
WHERE d.code = 'G419001' AND city.code = '419001';

-- A verified figure of each county for each month of 2025 that has none.
CREATE TEMPORARY TABLE said AS
SELECT gen_random_uuid() AS id, m.id AS metric_id, d.id AS department_id, month.period,
  ((1 + (d.position + month.number) % 17) * 10000)::bigint AS value
FROM metric m, department d,
  (SELECT number, '2025-' || lpad(number::text, 2, '0') AS period FROM generate_series(1, 12) number) month
WHERE m.code = '2025-19-M2' AND d.kind = 'COUNTY_ASSOCIATION' AND NOT EXISTS (
  SELECT 1 FROM measurement old
  WHERE old.metric_id = m.id AND old.department_id = d.id AND old.period = month.period);

INSERT INTO measurement (id, metric_id, department_id, period, revision, kind, value, state, channel, author_id,
  recorded_at, is_late, decided_by_id, decided_at)
SELECT s.id, s.metric_id, s.department_id, s.period, 1, 'AMOUNT', s.value, 'VERIFIED', 'API', author.id,
  TIMESTAMPTZ '2025-09-01 08:00Z', false, verifier.id, TIMESTAMPTZ '2025-09-02 08:00Z'
FROM said s, account author, account verifier
WHERE author.login = 'demo-cities' AND verifier.login = 'demo-verifier';

-- The sums of each unit on the way up.
INSERT INTO kept_figure AS kept
SELECT s.metric_id, c.ancestor_id, s.period, 'OF_PERIOD', count(*), 0, 0, 0,
  count(*), 0, sum(s.value), 0, 0, 0, 0, count(*), 0, sum(s.value), 0, 0, 0, 0
FROM said s JOIN department_closure c ON c.descendant_id = s.department_id
GROUP BY s.metric_id, c.ancestor_id, s.period
ON CONFLICT (metric_id, department_id, period, part) DO UPDATE SET
  on_time = kept.on_time + excluded.on_time,
  verified_amounts = kept.verified_amounts + excluded.verified_amounts,
  verified_value_low = kept.verified_value_low + excluded.verified_value_low,
  provisional_amounts = kept.provisional_amounts + excluded.provisional_amounts,
  provisional_value_low = kept.provisional_value_low + excluded.provisional_value_low;
