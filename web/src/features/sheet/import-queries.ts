import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

const Import = graphql(`
  fragment LargeImportParts on MeasurementImport @_unmask {
    id
    fileName
    period
    department {
      id
      code
      name
      shortName
    }
    state
    rows
    rowsDone
    taken
    unchanged
    refused
    recordedAt
    recordedBy {
      id
      displayName
    }
    endedAt
    failure {
      code
      message
    }
  }
`);
export type LargeImportData = ResultOf<typeof Import>;

/** Takes a large file in, part by part. */
export const StartImport = graphql(
  `
    mutation StartLargeImport($input: StartMeasurementImportInput!) {
      startMeasurementImport(input: $input) {
        import {
          ...LargeImportParts
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Import, RefusedField],
);

/** How far one large file is. */
export const LargeImportQuery = graphql(
  `
    query LargeImportQuery($id: ID!) {
      measurementImport(id: $id) {
        ...LargeImportParts
        sha256
      }
    }
  `,
  [Import],
);
export type LargeImportDetailData = NonNullable<
  ResultOf<typeof LargeImportQuery>["measurementImport"]
>;

/** The large files, the newest first. */
export const LargeImportsQuery = graphql(
  `
    query LargeImportsQuery($first: Int!) {
      measurementImports(first: $first) {
        totalCount
        edges {
          node {
            ...LargeImportParts
          }
        }
      }
    }
  `,
  [Import],
);

/** The parts of a large file that brought figures, the newest first; each a file with a receipt. */
export const ImportPartsQuery = graphql(`
  query ImportPartsQuery($import: ID!, $first: Int!) {
    measurementSheets(import: $import, first: $first) {
      totalCount
      edges {
        node {
          id
          taken
          unchanged
          refused
          recordedAt
          undoneAt
        }
      }
    }
  }
`);
export type ImportPartData = ResultOf<
  typeof ImportPartsQuery
>["measurementSheets"]["edges"][number]["node"];
