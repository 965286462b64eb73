//! Shapes of the commands by which an administrator keeps the rules. They are fixed: fields may be
//! added, never renamed or removed.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::rules::{RuleKind, RuleSource};

macro_rules! asked {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Serialize, Deserialize, TS)]
            #[ts(export, optional_fields)]
            #[expect(missing_docs, reason = "docs/adr/0007-rules-as-dated-data.md says what each is")]
            pub struct $name { $($(#[$field_meta])* pub $field: $type),* }
        )*
    };
}

asked! {
    /// Versions of every rule, or of one kind.
    #[derive(Default)]
    RulesRequest {
        #[serde(default, skip_serializing_if = "Option::is_none")] kind: Option<RuleKind>,
    }
    /// One version; the one in force today when none is named.
    RuleRequest {
        kind: RuleKind,
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] version: Option<String>,
    }
    /// A stored version, or data that is stored nowhere yet, beside the version in force today.
    RuleCompareRequest {
        kind: RuleKind,
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] version: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] #[ts(type = "unknown")] data: Option<Value>,
    }
    /// Save a draft.
    RuleSaveRequest { kind: RuleKind, key: String, #[ts(type = "unknown")] data: Value, basis: String }
    /// Approve a version.
    RuleApproveRequest { kind: RuleKind, key: String, version: String, basis: String }
    /// Throw a draft away.
    RuleDiscardRequest { kind: RuleKind, key: String, version: String }
    /// Write what is in force, and what is approved for later, into one signed file.
    RulesExportRequest {
        path: String,
        #[serde(default, skip_serializing_if = "Option::is_none")] kinds: Option<Vec<RuleKind>>,
    }
    /// Look at a file of rules. Nothing is changed.
    RulesImportRequest { path: String }
    /// A rule in a file.
    RuleName { kind: RuleKind, key: String }
    /// Take rules out of a file.
    RulesAdoptRequest { path: String, entries: Vec<RuleName>, basis: String }
    /// Look at an edition of the calendar: a file on this PC, or its text. Nothing is changed.
    CalendarCheckRequest {
        #[serde(default, skip_serializing_if = "Option::is_none")] path: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] text: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] key: Option<String>,
    }
}

names! {
    /// Where a version stands; a retired one was in force once.
    RuleState { Draft, Approved, Retired }
    /// Who signed a file.
    RulesSigner { Hub, ThisStation, Unknown }
    /// What a file's entry would be here.
    RuleStatus { New, Changed, Same, Older, Refused }
}

answers! {
    /// One version in a list. `by` and `at` tell who approved it, or saved the draft.
    RuleLine {
        kind: RuleKind, key: String, title: String, version: String, valid_from: Option<String>,
        valid_to: Option<String>, in_force: Option<String>, basis: String, state: RuleState, current: bool,
        by: Option<String>, at: Option<String>, source: RuleSource, signed_by: Option<String>,
    }
    /// Versions, those of one key together, the newest first.
    RuleLines { rules: Vec<RuleLine> }
    /// One version with its data.
    RuleEntry { #[serde(flatten)] line: RuleLine, #[ts(type = "unknown")] data: Value }
    /// One field that differs; nothing where the field is not there.
    RuleChange { field: String, label: String, before: Option<String>, after: Option<String> }
    /// Fields that differ.
    RuleChanges { changes: Vec<RuleChange> }
    /// A draft.
    RuleSaved { version: String, changes: Vec<RuleChange> }
    /// A version that is approved now.
    RuleApproved { version: String }
    /// A file was written.
    RulesExported { count: u32 }
    /// One entry of a file.
    RulesFileEntry {
        kind: RuleKind, key: String, title: String, version: String, basis: String, status: RuleStatus,
        changes: Vec<RuleChange>, why: Option<String>,
    }
    /// A file as it would come here; `by` is who made it, in their own words.
    RulesFile { signed_by: Option<RulesSigner>, by: String, made_at: String, entries: Vec<RulesFileEntry> }
    /// Rules taken out of a file: in force, or drafts when nobody here knows who signed it.
    RulesAdopted { adopted: u32, drafts: u32 }
    /// A day that a newer edition treats otherwise.
    CalendarChange { date: String, before: String, after: String, basis: String }
    /// An open dossier whose promise would be another by that edition. It keeps its promise.
    CalendarTouched {
        code: String, applicant_name: String, due_at: String, would_be_due_at: Option<String>,
        why: Option<String>,
    }
    /// An edition as it would come here.
    CalendarChecked { version: String, changes: Vec<CalendarChange>, touched: Vec<CalendarTouched> }
    /// Rules that came from the hub.
    RulesArrived { number: u32, at: String, by: String, installed: u32, refused: Vec<String> }
}
