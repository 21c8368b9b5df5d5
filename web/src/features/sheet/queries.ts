import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** Where the reader holds what, to find the units whose figures may be handed in as a file. */
export const SheetUnitsQuery = graphql(`
  query SheetUnitsQuery {
    viewer {
      grants {
        role
        reach
        department {
          id
          code
          name
          shortName
          children(first: 200) {
            edges {
              node {
                id
                code
                name
                shortName
              }
            }
          }
        }
      }
    }
  }
`);
export type SheetGrantData = NonNullable<
  ResultOf<typeof SheetUnitsQuery>["viewer"]
>["grants"][number];

/** Whether a month takes figures of a unit now. */
export const SheetWindowQuery = graphql(`
  query SheetWindowQuery($department: ID, $period: Period) {
    reportSheet(department: $department, period: $period) {
      period
      windowState
      opensOn
      dueOn
      closesOn
    }
  }
`);

const Finding = graphql(`
  fragment SheetFindingParts on SheetFinding @_unmask {
    cell
    row
    severity
    code
    message
  }
`);
export type SheetFindingData = ResultOf<typeof Finding>;

const Figure = graphql(`
  fragment SheetFigureParts on SheetFigure @_unmask {
    kind
    value
    base
    things
    state
  }
`);
export type SheetFigureData = ResultOf<typeof Figure>;

const Check = graphql(
  `
    fragment SheetCheckParts on MeasurementSheetCheck @_unmask {
      fileName
      isStamped
      isBlocked
      changed
      unchanged
      refused
      columns {
        heading
        field
      }
      findings {
        ...SheetFindingParts
      }
      rows {
        row
        metricCode
        outcome
        metric {
          id
          name
          unit
        }
        department {
          id
          shortName
        }
        before {
          ...SheetFigureParts
        }
        after {
          ...SheetFigureParts
        }
        findings {
          ...SheetFindingParts
        }
      }
    }
  `,
  [Finding, Figure],
);
export type SheetCheckData = ResultOf<typeof Check>;
export type SheetRowData = SheetCheckData["rows"][number];
export type SheetField = NonNullable<SheetCheckData["columns"][number]["field"]>;

const Refusal = graphql(`
  fragment SheetRefusal on UserError @_unmask {
    code
    path
    message
    figures {
      name
      value
    }
  }
`);
export type SheetRefusalData = ResultOf<typeof Refusal>;

/** What a file would change, and what is wrong with it; nothing is stored. */
export const PreviewSheetQuery = graphql(
  `
    query PreviewSheetQuery($input: PreviewMeasurementSheetInput!) {
      previewMeasurementSheet(input: $input) {
        check {
          ...SheetCheckParts
        }
        userErrors {
          ...SheetRefusal
        }
      }
    }
  `,
  [Check, Refusal],
);

const Sheet = graphql(`
  fragment SheetParts on MeasurementSheet @_unmask {
    id
    fileName
    period
    department {
      id
      code
      name
      shortName
    }
    mode
    taken
    unchanged
    refused
    recordedAt
    recordedBy {
      id
      displayName
    }
    undoneAt
    undoneBy {
      id
      displayName
    }
    undoneReason
    viewerCanUndo
  }
`);
export type SheetData = ResultOf<typeof Sheet>;

/** Takes the figures of a file. */
export const ApplySheet = graphql(
  `
    mutation ApplySheet($input: ApplyMeasurementSheetInput!) {
      applyMeasurementSheet(input: $input) {
        sheet {
          ...SheetParts
          receipt
          measurements {
            id
            metric {
              id
            }
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Sheet, RefusedField],
);
export type TakenSheetData = NonNullable<
  ResultOf<typeof ApplySheet>["applyMeasurementSheet"]["sheet"]
>;

/** Takes a whole file back. */
export const UndoSheet = graphql(
  `
    mutation UndoSheet($input: UndoMeasurementSheetInput!) {
      undoMeasurementSheet(input: $input) {
        sheet {
          ...SheetParts
          measurements {
            id
            state
            metric {
              id
            }
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [Sheet, RefusedField],
);

/** Files that were taken, the newest first. */
export const SheetsQuery = graphql(
  `
    query SheetsQuery($first: Int!, $department: ID, $period: Period) {
      measurementSheets(first: $first, department: $department, period: $period) {
        totalCount
        edges {
          node {
            ...SheetParts
          }
        }
      }
    }
  `,
  [Sheet],
);

/** One file that was taken, with its receipt and what it brought. */
export const SheetQuery = graphql(
  `
    query SheetQuery($id: ID!) {
      measurementSheet(id: $id) {
        ...SheetParts
        sha256
        receipt
        measurements {
          id
          kind
          value
          base
          things
          state
          revision
          department {
            id
            shortName
          }
          metric {
            id
            code
            name
            unit
          }
        }
      }
    }
  `,
  [Sheet],
);
export type SheetDetailData = NonNullable<ResultOf<typeof SheetQuery>["measurementSheet"]>;

/** Whether a receipt is genuine, and whether what it proves still stands. */
export const ReceiptQuery = graphql(
  `
    query ReceiptQuery($receipt: String!) {
      sheetReceipt(receipt: $receipt) {
        isGenuine
        isUnchanged
        sheet {
          ...SheetParts
        }
      }
    }
  `,
  [Sheet],
);
export type ReceiptData = ResultOf<typeof ReceiptQuery>["sheetReceipt"];
