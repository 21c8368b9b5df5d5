import { graphql, type ResultOf } from "../../graphql/graphql";

/** A department as a row of the tree. */
export const DepartmentTree_department = graphql(`
  fragment DepartmentTree_department on Department @_unmask {
    id
    code
    name
    shortName
    otherNames
    kind
    position
    isVenue
    parent {
      id
    }
    tile {
      column
      row
    }
  }
`);
export type DepartmentRow = ResultOf<typeof DepartmentTree_department>;

const DepartmentTask = graphql(`
  fragment DepartmentTask on Task @_unmask {
    id
    code
    title
    kind
    light {
      colour
      computed
    }
    plan {
      id
      code
      state
    }
  }
`);
export type DepartmentTaskData = ResultOf<typeof DepartmentTask>;

/** A department with its names, its place and its tasks. */
export const DepartmentDetail_department = graphql(
  `
    fragment DepartmentDetail_department on Department @_unmask {
      id
      code
      name
      shortName
      otherNames
      kind
      validFrom
      validTo
      isVenue
      venueFrom
      venueTo
      version
      viewerCanManage
      ancestors {
        id
        code
        shortName
      }
      leadCount
      supportCount
      byLight {
        colour
        count
      }
      lead: tasks(first: 100, role: LEAD) {
        edges {
          node {
            ...DepartmentTask
          }
        }
        totalCount
      }
      support: tasks(first: 100, role: SUPPORT) {
        edges {
          node {
            ...DepartmentTask
          }
        }
        totalCount
      }
    }
  `,
  [DepartmentTask],
);
export type DepartmentDetailData = ResultOf<typeof DepartmentDetail_department>;
