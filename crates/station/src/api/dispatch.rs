//! The list itself, and how a call finds its command.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::TS;

use super::caller::{Caller, actor, administers, signed};
use super::requests::{
    AttachRequest, CodeRequest, DueRequest, EnrolRequest, FavouriteRequest, FindRequest, ImportCatalogueRequest,
    Nothing, OfficerAddRequest, PageImageRequest, PageRemoveRequest, PageRequest, ParseCardRequest, ParseCodeRequest,
    PersonRequest, PreferenceRequest, PrintRequest, ProceduresRequest, PromiseRequest, ReceiptImageRequest,
    ReceiptRequest, RecentRequest, RegisterRequest, ScanRequest, SignInRequest,
};
use super::responses::{
    Attached, CardFacts, CodeRead, CommandFacts, Commands, Due, Enrolled, Found, Imported, OfficerAnswer, PersonFacts,
    Picture, Preferences, Printed, ProcedureFacts, Procedures, Promised, ReceiptFacts, ReceiptImage, Registered,
    Scanners, Shown, StationFacts, SyncStatus, Synced, Verified,
};
use super::rules::{
    CalendarCheckRequest, CalendarChecked, RuleApproveRequest, RuleApproved, RuleChanges, RuleCompareRequest,
    RuleDiscardRequest, RuleEntry, RuleLines, RuleRequest, RuleSaveRequest, RuleSaved, RulesAdoptRequest, RulesAdopted,
    RulesExportRequest, RulesExported, RulesFile, RulesImportRequest, RulesRequest,
};
use crate::cash::{self, CashClosed, CashDay, CashDayRequest, PaymentRequest, PaymentTaken};
use crate::catalogue::review::{
    self, CatalogueApproval, CatalogueApproveRequest, CatalogueImported, CatalogueReviewRequest, CatalogueReviewed,
    CatalogueSkipRequest,
};
use crate::catalogue::{favourites, import, list};
use crate::disputes::{self, DisputeSettleRequest, Disputes};
use crate::duplicates::{self, Duplicates, DuplicatesRequest};
use crate::error::{ApiError, Code, Result};
use crate::extension::{self, ExtendRequest};
use crate::fees::{self, FeesCharged, FeesRequest};
use crate::people::{self, People, PeopleRequest};
use crate::promises::NewPromise;
use crate::station::{self, Station};
use crate::supplement::{self, AskSupplementRequest, SupplementAsked, TakeSupplementRequest};
use crate::{deadlines, intake, lookup, officers, pages, preferences, reader, receipts, rules, sync, verify};

macro_rules! commands {
    ($($name:literal $request:ty => $response:ty = $run:expr;)*) => {
        /// Calls a command.
        ///
        /// # Errors
        /// `UNKNOWN_COMMAND`, `BAD_REQUEST`, and what the command refuses.
        pub fn call(station: &Station, caller: &Caller, command: &str, request: Value) -> Result<Value> {
            match command {
                $($name => run::<$request, $response>(request, |request| $run(station, caller, request)),)*
                _ => Err(ApiError::of(Code::UnknownCommand, "command")),
            }
        }

        /// Every command with its shapes.
        #[must_use]
        pub fn commands() -> Commands {
            Commands { commands: vec![$(shape::<$request, $response>($name)),*] }
        }
    };
}

commands! {
    "register" RegisterRequest => Registered = |s, c, r: RegisterRequest| intake::register(s, actor(s, c)?.as_ref(), &r);
    "show" CodeRequest => Shown = |s, c, r: CodeRequest| signed(s, c).and_then(|()| lookup::show(s, &r.code));
    "find" FindRequest => Found = |s, c, r: FindRequest| signed(s, c).and_then(|()| lookup::find(s, &r.text, r.limit));
    "recent" RecentRequest => Found = |s, c, r: RecentRequest| signed(s, c).and_then(|()| lookup::recent(s, r.limit));
    "receipt" ReceiptRequest => ReceiptFacts = |s, c, r: ReceiptRequest| signed(s, c).and_then(|()| receipts::write(s, &r.code, &r.out));
    "receipt-image" ReceiptImageRequest => ReceiptImage = |s, c, r: ReceiptImageRequest| signed(s, c).and_then(|()| receipts::image(s, &r.code, r.width));
    "print-receipt" PrintRequest => Printed = |s, c, r: PrintRequest| receipts::print(s, actor(s, c)?.as_ref(), &r.code, r.printer.as_deref());
    "attach" AttachRequest => Attached = |s, c, r: AttachRequest| pages::attach(s, actor(s, c)?.as_ref(), &r);
    "scanners" Nothing => Scanners = |s, c, _: Nothing| signed(s, c).and_then(|()| pages::scanners(s));
    "scan" ScanRequest => Attached = |s, c, r: ScanRequest| pages::scan(s, actor(s, c)?.as_ref(), &r);
    "scan-cancel" Nothing => Nothing = |s, c, _: Nothing| signed(s, c).map(|()| { pages::cancel(s); Nothing {} });
    "page-image" PageImageRequest => Picture = |s, c, r: PageImageRequest| signed(s, c).and_then(|()| pages::image(s, &r));
    "page-remove" PageRemoveRequest => Nothing = |s, c, r: PageRemoveRequest| pages::remove(s, actor(s, c)?.as_ref(), &r).map(|()| Nothing {});
    "page-restore" PageRequest => Nothing = |s, c, r: PageRequest| pages::restore(s, actor(s, c)?.as_ref(), &r).map(|()| Nothing {});
    "ask-supplement" AskSupplementRequest => SupplementAsked = |s, c, r: AskSupplementRequest| supplement::ask(s, actor(s, c)?.as_ref(), &r);
    "take-supplement" TakeSupplementRequest => NewPromise = |s, c, r: TakeSupplementRequest| supplement::take(s, actor(s, c)?.as_ref(), &r);
    "extend" ExtendRequest => NewPromise = |s, c, r: ExtendRequest| extension::extend(s, actor(s, c)?.as_ref(), &r);
    "due" DueRequest => Due = |s: &Station, _: &Caller, r: DueRequest| deadlines::due(s, &r);
    "promise" PromiseRequest => Promised = |s, c, r: PromiseRequest| signed(s, c).and_then(|()| deadlines::promise(s, &r));
    "fees" FeesRequest => FeesCharged = |s, c, r: FeesRequest| signed(s, c).and_then(|()| fees::fees(s, &r));
    "payment" PaymentRequest => PaymentTaken = |s, c, r: PaymentRequest| cash::payment(s, actor(s, c)?.as_ref(), &r);
    "cash-day" CashDayRequest => CashDay = |s, c, r: CashDayRequest| signed(s, c).and_then(|()| cash::cash_day(s, &r));
    "cash-close" CashDayRequest => CashClosed = |s, c, r: CashDayRequest| cash::cash_close(s, actor(s, c)?.as_ref(), &r);
    "parse-card" ParseCardRequest => CardFacts = |_: &Station, _: &Caller, r: ParseCardRequest| reader::card(&r.payload);
    "parse-code" ParseCodeRequest => CodeRead = |s: &Station, _: &Caller, r: ParseCodeRequest| reader::code(s, &r.text);
    "import-catalogue" ImportCatalogueRequest => Imported = |_: &Station, _: &Caller, r: ImportCatalogueRequest| import::import_file(&r.path);
    "catalogue-import" ImportCatalogueRequest => CatalogueImported = |s, c, r: ImportCatalogueRequest| administers(s, c).and_then(|_| review::import(s, &r));
    "catalogue-review" CatalogueReviewRequest => CatalogueReviewed = |s, c, r: CatalogueReviewRequest| signed(s, c).and_then(|()| review::review(s, &r));
    "catalogue-approve" CatalogueApproveRequest => CatalogueApproval = |s, c, r: CatalogueApproveRequest| review::approve(s, administers(s, c)?.as_ref(), &r);
    "catalogue-skip" CatalogueSkipRequest => Nothing = |s, c, r: CatalogueSkipRequest| review::skip(s, administers(s, c)?.as_ref(), &r).map(|()| Nothing {});
    "procedures" ProceduresRequest => Procedures = |s, c, r: ProceduresRequest| list::procedures(s, actor(s, c)?.as_ref(), &r);
    "favourite" FavouriteRequest => Nothing = |s, c, r: FavouriteRequest| favourites::set(s, actor(s, c)?.as_ref(), &r);
    "procedure" CodeRequest => ProcedureFacts = |s, c, r: CodeRequest| signed(s, c).and_then(|()| list::procedure(s, &r.code));
    "person" PersonRequest => PersonFacts = |s, c, r: PersonRequest| signed(s, c).and_then(|()| lookup::person(s, &r.id_number));
    "people" PeopleRequest => People = |s, c, r: PeopleRequest| signed(s, c).and_then(|()| people::people(s, &r));
    "duplicates" DuplicatesRequest => Duplicates = |s, c, r: DuplicatesRequest| signed(s, c).and_then(|()| duplicates::duplicates(s, &r));
    "station" Nothing => StationFacts = |s: &Station, _: &Caller, _: Nothing| station::facts(s);
    "sign-in" SignInRequest => OfficerAnswer = |s: &Station, _: &Caller, r: SignInRequest| officers::sign_in(s, &r.officer, &r.pin).map(|officer| OfficerAnswer { officer: officer.into() });
    "sign-out" Nothing => Nothing = |s: &Station, _: &Caller, _: Nothing| officers::sign_out(s).map(|()| Nothing {});
    "officer-add" OfficerAddRequest => OfficerAnswer = |s: &Station, c: &Caller, r: OfficerAddRequest| officers::add(s, || administers(s, c), &r).map(|officer| OfficerAnswer { officer });
    "enrol" EnrolRequest => Enrolled = |s: &Station, c: &Caller, r: EnrolRequest| { administers(s, c)?; sync::enrol(s, &r.hub, &r.code, r.plain && matches!(c, Caller::Headless(_))) };
    "sync" Nothing => Synced = |s, c, _: Nothing| signed(s, c).and_then(|()| sync::sync(s));
    "sync-status" Nothing => SyncStatus = |s: &Station, _: &Caller, _: Nothing| sync::status(s);
    "disputes" Nothing => Disputes = |s, c, _: Nothing| signed(s, c).and_then(|()| disputes::disputes(s));
    "dispute-settle" DisputeSettleRequest => Nothing = |s, c, r: DisputeSettleRequest| disputes::settle(s, actor(s, c)?.as_ref(), &r);
    "verify" Nothing => Verified = |s, c, _: Nothing| signed(s, c).and_then(|()| verify::verify(s));
    "preferences" Nothing => Preferences = |s: &Station, _: &Caller, _: Nothing| preferences::all(s);
    "preference-set" PreferenceRequest => Nothing = |s: &Station, _: &Caller, r: PreferenceRequest| preferences::set(s, &r);
    "rules" RulesRequest => RuleLines = |s, c, r: RulesRequest| signed(s, c).and_then(|()| rules::list::rules(s, r.kind));
    "rule" RuleRequest => RuleEntry = |s, c, r: RuleRequest| signed(s, c).and_then(|()| rules::list::rule(s, &r));
    "rule-compare" RuleCompareRequest => RuleChanges = |s, c, r: RuleCompareRequest| signed(s, c).and_then(|()| rules::edit::compared(s, &r));
    "rule-save" RuleSaveRequest => RuleSaved = |s, c, r: RuleSaveRequest| rules::edit::saved(s, administers(s, c)?.as_ref(), &r);
    "rule-approve" RuleApproveRequest => RuleApproved = |s, c, r: RuleApproveRequest| rules::edit::approved(s, administers(s, c)?.as_ref(), &r);
    "rule-discard" RuleDiscardRequest => Nothing = |s, c, r: RuleDiscardRequest| administers(s, c).and_then(|_| rules::edit::discarded(s, &r));
    "rules-export" RulesExportRequest => RulesExported = |s, c, r: RulesExportRequest| administers(s, c).and_then(|_| rules::exchange::exported(s, &r));
    "rules-import" RulesImportRequest => RulesFile = |s, c, r: RulesImportRequest| administers(s, c).and_then(|_| rules::exchange::looked_at(s, &r.path));
    "rules-adopt" RulesAdoptRequest => RulesAdopted = |s, c, r: RulesAdoptRequest| rules::exchange::adopted(s, administers(s, c)?.as_ref(), &r);
    "calendar-check" CalendarCheckRequest => CalendarChecked = |s, c, r: CalendarCheckRequest| administers(s, c).and_then(|_| rules::recount::checked(s, &r));
    "commands" Nothing => Commands = |_: &Station, _: &Caller, _: Nothing| Ok(commands());
}

fn run<Q: DeserializeOwned, A: Serialize>(request: Value, work: impl FnOnce(Q) -> Result<A>) -> Result<Value> {
    let request = serde_json::from_value(request).map_err(|error| bad_request(&error))?;
    serde_json::to_value(work(request)?).map_err(crate::error::internal)
}

/// serde's words name the field and never repeat a long value back; they help who writes a client.
fn bad_request(error: &serde_json::Error) -> ApiError {
    let what: String = error.to_string().chars().take(200).collect();
    ApiError::new(Code::BadRequest).with("problem", what)
}

fn shape<Q: TS + 'static, A: TS + 'static>(name: &str) -> CommandFacts {
    let config = ts_rs::Config::default();
    CommandFacts {
        name: name.to_owned(),
        request: Q::inline(&config),
        response: A::inline(&config),
    }
}
