//! Permissions, roles and how far a grant reaches.

use crate::named::named;

named! {
    /// What may be done, as `object.action`.
    Permission {
        /// Read issued plans with their sections and clauses.
        PlanRead = "plan.read",
        /// Bring an issued document in as a draft plan.
        PlanImport = "plan.import",
        /// Mend a draft plan, or discard it.
        PlanEdit = "plan.edit",
        /// Issue a draft plan.
        PlanIssue = "plan.issue",
        /// Read tasks with their assignments and milestones.
        TaskRead = "task.read",
        /// Hand tasks out, reassign them, begin a stage (交办、改派).
        TaskAssign = "task.assign",
        /// Enter items from other sources than a plan (会议议定、领导批示等).
        TaskCreate = "task.create",
        /// Hand parts of a task down for its lead department (分解任务).
        TaskDivide = "task.divide",
        /// Accept or decline a task for its lead department (签收、退回).
        TaskAccept = "task.accept",
        /// Suspend, resume, reopen and archive tasks.
        TaskManage = "task.manage",
        /// Cancel tasks (撤销).
        TaskCancel = "task.cancel",
        /// Submit a task as complete for its lead department (申请办结).
        CompletionSubmit = "completion.submit",
        /// Complete or return what was submitted (办结审核).
        CompletionApprove = "completion.approve",
        /// Ask for more time for the lead department (申请延期).
        ExtensionRequest = "extension.request",
        /// Grant or refuse more time (延期审批).
        ExtensionApprove = "extension.approve",
        /// Read progress reports.
        ReportRead = "report.read",
        /// Write and submit progress reports for a department (填报).
        ReportWrite = "report.write",
        /// Accept or return progress reports (审核).
        ReportReview = "report.review",
        /// Open a closed reporting period again.
        PeriodReopen = "period.reopen",
        /// Change when reports open, are due and close (报送规则).
        ReportManage = "report.manage",
        /// Change the rules that lights follow (红黄绿灯规则).
        LightManage = "light.manage",
        /// Show another light for a task, with a reason (人工调整).
        LightOverride = "light.override",
        /// Read supervision notices of one's own side, issuing or addressed (督办单).
        NoticeRead = "notice.read",
        /// Issue, escalate, close and withdraw supervision notices (制发督办单).
        NoticeIssue = "notice.issue",
        /// Reply to supervision notices for an addressed department (回复督办单).
        NoticeReply = "notice.reply",
        /// Read which mails wait and which failed, without their text.
        MailRead = "mail.read",
        /// Propose to change a task in force (变更).
        AmendmentPropose = "amendment.propose",
        /// Approve or refuse a change of a task in force (变更审批).
        AmendmentApprove = "amendment.approve",
        /// Read metrics.
        MetricRead = "metric.read",
        /// Share a target out among the units below (指标分解).
        MetricAllocate = "metric.allocate",
        /// Record figures of a department (填报数据).
        MeasurementRecord = "measurement.record",
        /// Verify or reject figures (核实数据).
        MeasurementVerify = "measurement.verify",
        /// Read the organisation's tree.
        DepartmentRead = "department.read",
        /// Change the organisation's tree.
        DepartmentManage = "department.manage",
        /// Read who has an account.
        AccountRead = "account.read",
        /// Create, change and disable accounts.
        AccountManage = "account.manage",
        /// Give and end roles, and delegations between others.
        GrantManage = "grant.manage",
        /// Make and take back the tokens of service accounts.
        TokenManage = "token.manage",
        /// Take the second factor of somebody away who lost it.
        SecondFactorReset = "second_factor.reset",
        /// Read the audit trail.
        AuditRead = "audit.read",
    }
}

named! {
    /// A named set of permissions (角色); what each holds is seed data.
    Role {
        /// 督办员: plans, hand-out, notices, review.
        Officer = "OFFICER",
        /// 部门联络员: reports for its department.
        Liaison = "LIAISON",
        /// 分管领导: reads the scope, approves.
        Leader = "LEADER",
        /// 市级填报员: reports for its own subtree.
        MunicipalReporter = "MUNICIPAL_REPORTER",
        /// 审核员: verifies figures.
        Verifier = "VERIFIER",
        /// 查阅: reads.
        Viewer = "VIEWER",
        /// 系统管理员: accounts and settings, no business data.
        SystemAdmin = "SYSTEM_ADMIN",
        /// 安全管理员: roles and grants, no business data.
        SecurityAdmin = "SECURITY_ADMIN",
        /// 审计员: reads the audit trail.
        Auditor = "AUDITOR",
    }
}

impl Role {
    /// Whether it is one of the three administrators that no one person may join (三员分立).
    pub const fn is_administrator(self) -> bool {
        matches!(
            self,
            Self::SystemAdmin | Self::SecurityAdmin | Self::Auditor
        )
    }
}

named! {
    /// How far below its department a grant reaches.
    Reach {
        /// The department alone.
        Itself = "SELF",
        /// The department and everything below.
        Subtree = "SUBTREE",
    }
}
