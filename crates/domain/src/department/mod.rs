//! Responsible units in one tree whose parents are dated (部门/单位).

mod moving;
mod venue;

use time::Date;

pub use self::{
    moving::{Move, MoveError},
    venue::{VenueError, VenueMark},
};
use crate::{ids::DepartmentId, metric::rollup::Life, named::named};

named! {
    /// What kind of unit a department is.
    DepartmentKind {
        /// The association whose plan it is: the root of the tree.
        ProvincialAssociation = "PROVINCIAL_ASSOCIATION",
        /// 机关部室.
        HqDepartment = "HQ_DEPARTMENT",
        /// 直属事业单位.
        AffiliatedInstitution = "AFFILIATED_INSTITUTION",
        /// 省辖市科协, 济源示范区科协.
        MunicipalAssociation = "MUNICIPAL_ASSOCIATION",
        /// 县（市、区）科协.
        CountyAssociation = "COUNTY_ASSOCIATION",
        /// 全省学会、协会、研究会.
        ProvincialSociety = "PROVINCIAL_SOCIETY",
        /// 高校科协.
        UniversityAssociation = "UNIVERSITY_ASSOCIATION",
        /// 企业科协.
        EnterpriseAssociation = "ENTERPRISE_ASSOCIATION",
        /// 医疗卫生机构科协.
        HospitalAssociation = "HOSPITAL_ASSOCIATION",
        /// 院所科协.
        InstituteAssociation = "INSTITUTE_ASSOCIATION",
        /// 上级.
        Superior = "SUPERIOR",
        /// 外部单位.
        Partner = "PARTNER",
    }
}

/// A place on the tile map, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// From the left.
    pub column: i16,
    /// From the top.
    pub row: i16,
}

/// A responsible unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Key.
    pub id: DepartmentId,
    /// The code that people know: `XXB`, `410100`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name, as used in tables.
    pub short_name: String,
    /// Further names that documents use for it.
    pub other_names: Vec<String>,
    /// Its kind.
    pub kind: DepartmentKind,
    /// Its place on the tile map, where it has one.
    pub tile: Option<Tile>,
    /// Order among its siblings.
    pub position: i32,
    /// The unit above, today.
    pub parent: Option<DepartmentId>,
    /// Between which days it is a venue (科技馆); none for what never was one.
    pub venue: Option<Life>,
    /// First day of its existence.
    pub valid_from: Date,
    /// Last day, where it was dissolved or merged.
    pub valid_to: Option<Date>,
    /// Changes so far, from 1.
    pub version: i32,
}
