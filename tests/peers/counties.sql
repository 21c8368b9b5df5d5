-- Units that have said nothing yet, one for each figure that is written: below the cities, after everything was read.
INSERT INTO department (id, code, name, short_name, other_names, kind, position, valid_from, search, version)
SELECT gen_random_uuid(), 'GX' || number, '生成' || number, '生成' || number, '[]', 'COUNTY_ASSOCIATION', number,
  '2024-01-01', '', 1
FROM generate_series(1, :count) number;

INSERT INTO department_parent (id, department_id, parent_id, valid_from)
SELECT gen_random_uuid(), d.id, city.id, '2024-01-01'
FROM department d
JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS places
      FROM department WHERE kind = 'MUNICIPAL_ASSOCIATION' AND code NOT IN ('410100', '410300', '419001')) city
  ON city.place = d.position % city.places
WHERE d.code LIKE 'GX%';

INSERT INTO department_closure (ancestor_id, descendant_id, depth)
SELECT d.id, d.id, 0 FROM department d WHERE d.code LIKE 'GX%'
UNION ALL
SELECT c.ancestor_id, p.department_id, c.depth + 1
FROM department_parent p
JOIN department d ON d.id = p.department_id AND d.code LIKE 'GX%'
JOIN department_closure c ON c.descendant_id = p.parent_id;
ANALYZE;
