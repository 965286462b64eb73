//! The list itself, and how a call finds its command.

use chrono::DateTime;
use dossier::calendar::civil;
use dossier::card;
use dossier::code::CodeForm;
use dossier::deadline;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ts_rs::TS;

use super::convert;
use super::requests::{
    AttachRequest, CodeRequest, DueRequest, EnrolRequest, FindRequest, ImportCatalogueRequest, LimitKind, Nothing,
    OfficerAddRequest, PageImageRequest, PageRemoveRequest, PageRequest, ParseCardRequest, ParseCodeRequest,
    PersonRequest, PreferenceRequest, PrintRequest, ProceduresRequest, PromiseRequest, ReceiptImageRequest,
    ReceiptRequest, RecentRequest, RegisterRequest, ScanRequest, SignInRequest,
};
use super::responses::{
    self, Attached, CardFacts, CodeRead, CodeReason, CommandFacts, Commands, Due, Enrolled, Found, Imported,
    OfficerAnswer, PersonFacts, Picture, Preferences, Printed, ProcedureFacts, Procedures, Promised, ReceiptFacts,
    ReceiptImage, Registered, Scanners, Shown, StationFacts, SyncStatus, Synced, Verified, Warning,
};
use crate::error::{ApiError, Code, Result};
use crate::officers::{self, Signed};
use crate::station::Station;
use crate::store::{lock, set_setting, setting};
use crate::{catalogue, intake, lookup, numbers, pages, receipts, sync, verify};

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The window: acts as the officer who signed in.
    Window,
    /// The headless program of the same user of this PC: acts as the officer it names, if any.
    Headless(Option<String>),
}

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
    "page-remove" PageRemoveRequest => Nothing = |s, c, r: PageRemoveRequest| pages::remove(s, actor(s, c)?.as_ref(), &r.code, &r.page, &r.reason).map(|()| Nothing {});
    "page-restore" PageRequest => Nothing = |s, c, r: PageRequest| pages::restore(s, actor(s, c)?.as_ref(), &r.code, &r.page).map(|()| Nothing {});
    "due" DueRequest => Due = |s: &Station, _: &Caller, r: DueRequest| due(s, &r);
    "promise" PromiseRequest => Promised = |s, c, r: PromiseRequest| signed(s, c).and_then(|()| promise(s, &r));
    "parse-card" ParseCardRequest => CardFacts = |_: &Station, _: &Caller, r: ParseCardRequest| parse_card(&r.payload);
    "parse-code" ParseCodeRequest => CodeRead = |s: &Station, _: &Caller, r: ParseCodeRequest| parse_code(s, &r.text);
    "import-catalogue" ImportCatalogueRequest => Imported = |_: &Station, _: &Caller, r: ImportCatalogueRequest| import_catalogue(&r.path);
    "procedures" ProceduresRequest => Procedures = |s, c, r: ProceduresRequest| signed(s, c).and_then(|()| procedures(s, &r));
    "procedure" CodeRequest => ProcedureFacts = |s, c, r: CodeRequest| signed(s, c).and_then(|()| procedure(s, &r.code));
    "person" PersonRequest => PersonFacts = |s, c, r: PersonRequest| signed(s, c).and_then(|()| lookup::person(s, &r.id_number));
    "station" Nothing => StationFacts = |s: &Station, _: &Caller, _: Nothing| station_facts(s);
    "sign-in" SignInRequest => OfficerAnswer = |s: &Station, _: &Caller, r: SignInRequest| officers::sign_in(s, &r.officer, &r.pin).map(|officer| OfficerAnswer { officer: officer.into() });
    "sign-out" Nothing => Nothing = |s: &Station, _: &Caller, _: Nothing| sign_out(s);
    "officer-add" OfficerAddRequest => OfficerAnswer = |s: &Station, c: &Caller, r: OfficerAddRequest| officer_add(s, c, &r);
    "enrol" EnrolRequest => Enrolled = |s: &Station, c: &Caller, r: EnrolRequest| { administers(s, c)?; sync::enrol(s, &r.hub, &r.code) };
    "sync" Nothing => Synced = |s, c, _: Nothing| signed(s, c).and_then(|()| sync::sync(s));
    "sync-status" Nothing => SyncStatus = |s: &Station, _: &Caller, _: Nothing| sync::status(s);
    "verify" Nothing => Verified = |s, c, _: Nothing| signed(s, c).and_then(|()| verify::verify(s));
    "preferences" Nothing => Preferences = |s: &Station, _: &Caller, _: Nothing| preferences(s);
    "preference-set" PreferenceRequest => Nothing = |s: &Station, _: &Caller, r: PreferenceRequest| preference_set(s, &r);
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

/// The officer who acts: at the window the one who signed in, else the one the program names.
fn actor(station: &Station, caller: &Caller) -> Result<Option<Signed>> {
    match caller {
        Caller::Window => {
            let session = lock(&station.session)?.clone();
            session.map(Some).ok_or_else(|| ApiError::new(Code::NotSignedIn))
        }
        Caller::Headless(None) => Ok(None),
        Caller::Headless(Some(who)) => station
            .store
            .read(|connection| officers::named(connection, who))
            .map(Some),
    }
}

fn signed(station: &Station, caller: &Caller) -> Result<()> {
    actor(station, caller).map(|_| ())
}

/// At the window only an administrator; whoever runs the headless program owns the PC anyway.
fn administers(station: &Station, caller: &Caller) -> Result<()> {
    match actor(station, caller)? {
        Some(officer) if *caller == Caller::Window && !officer.admin => Err(ApiError::new(Code::NotAllowed)),
        _ => Ok(()),
    }
}

/// The first officer of a station needs nobody's leave; after that an administrator adds them.
fn officer_add(station: &Station, caller: &Caller, request: &OfficerAddRequest) -> Result<OfficerAnswer> {
    let first = station
        .store
        .read(|connection| Ok(officers::all(connection)?.is_empty()))?;
    if !first {
        administers(station, caller)?;
    }
    let by = if first { None } else { actor(station, caller)? };
    let officer = officers::add(
        station,
        by.as_ref(),
        &request.name,
        &request.pin,
        request.role.unwrap_or_default(),
    )?;
    Ok(OfficerAnswer { officer })
}

fn sign_out(station: &Station) -> Result<Nothing> {
    *lock(&station.session)? = None;
    Ok(Nothing {})
}

fn limit(asked: &super::requests::Limit) -> Result<deadline::Limit> {
    let amount = || {
        let amount = asked
            .amount
            .ok_or_else(|| ApiError::of(Code::MissingField, "limit.amount"))?;
        u16::try_from(amount).map_err(|_| ApiError::of(Code::InvalidCount, "limit.amount"))
    };
    Ok(match asked.kind {
        LimitKind::WorkingDays => deadline::Limit::WorkingDays(amount()?),
        LimitKind::CalendarDays => deadline::Limit::CalendarDays(amount()?),
        LimitKind::Hours => deadline::Limit::Hours(amount()?),
        LimitKind::SameDay => deadline::Limit::SameDay,
    })
}

fn due(station: &Station, request: &DueRequest) -> Result<Due> {
    let received = DateTime::parse_from_rfc3339(&request.received_at)
        .map_err(|_| ApiError::of(Code::InvalidDate, "received_at"))?
        .to_utc();
    let due =
        deadline::due(civil(received), &limit(&request.limit)?, &station.calendar).map_err(intake::no_due_date)?;
    Ok(Due {
        due_at: intake::local(dossier::calendar::instant(due.due)),
        due_date: due.due.date().to_string(),
        trace: due.trace.iter().map(ToString::to_string).collect(),
    })
}

fn promise(station: &Station, request: &PromiseRequest) -> Result<Promised> {
    let now = station.now();
    let procedure = station
        .store
        .read(|connection| catalogue::procedure(connection, &request.procedure))?;
    let case = procedure
        .case(request.case.as_deref())
        .ok_or_else(|| ApiError::of(Code::UnknownCase, "case"))?;
    let (promise, due) = intake::promise(station, case, now)?;
    let reason = no_number(station, now)?;
    Ok(Promised {
        received_at: intake::local(now),
        due_at: intake::local(promise.due_at),
        limit: (&promise.limit).into(),
        limit_words: catalogue::limit_words(&promise.limit),
        trace: promise.trace,
        days: due.days.iter().map(convert::day).collect(),
        code_kind: if reason.is_none() {
            responses::CodeKind::Official
        } else {
            responses::CodeKind::Temporary
        },
        code_reason: reason,
    })
}

/// Why the next code would be temporary, if it would.
fn no_number(station: &Station, now: DateTime<chrono::Utc>) -> Result<Option<CodeReason>> {
    let series = station.author()?.agency;
    station.store.read(|connection| {
        if numbers::is_left(connection, &series, civil(now).date())? {
            return Ok(None);
        }
        let enrolled = setting(connection, "hub")?.is_some();
        Ok(Some(if enrolled {
            CodeReason::NoLease
        } else {
            CodeReason::NotEnrolled
        }))
    })
}

fn parse_card(payload: &str) -> Result<CardFacts> {
    let it = card::parse(payload).map_err(|error| {
        let code = match Code::named(error.code()) {
            Code::Internal => Code::NotACard,
            code => code,
        };
        let error = ApiError::of(code, "payload").because(error);
        if code == Code::InvalidIdNumber {
            let digits = payload
                .chars()
                .take_while(|c| *c != '|')
                .filter(char::is_ascii_digit)
                .count();
            return error.with("length", digits);
        }
        error
    })?;
    Ok(CardFacts {
        id_number: it.id_number,
        old_id_number: it.old_id_number,
        name: it.name,
        birth_date: it.birth_date.map(|date| date.to_string()),
        gender: it.gender.map(Into::into),
        address: Some(it.address).filter(|address| !address.is_empty()),
        issued_on: it.issued_on.map(|date| date.to_string()),
        warnings: it
            .warnings
            .iter()
            .map(|warning| Warning {
                code: warning.code().to_owned(),
                message: warning.message().to_owned(),
            })
            .collect(),
    })
}

fn parse_code(station: &Station, text: &str) -> Result<CodeRead> {
    let code = lookup::read_code(station, text).map_err(|error| ApiError {
        field: Some("text".to_owned()),
        ..error
    })?;
    let form = match code.form() {
        CodeForm::Form2025 => responses::CodeForm::Form2025,
        CodeForm::Form2018 => responses::CodeForm::Form2018,
        CodeForm::Temporary => responses::CodeForm::Temporary,
    };
    Ok(CodeRead {
        code: code.to_string(),
        form,
    })
}

fn import_catalogue(path: &str) -> Result<Imported> {
    let text = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ApiError::of(Code::FileNotFound, "path"),
        _ => ApiError::of(Code::FileNotReadable, "path").because(error),
    })?;
    let text = String::from_utf8(text).map_err(|_| ApiError::of(Code::CatalogueUnreadable, "path"))?;
    catalogue::import::import(&text)
}

fn procedures(station: &Station, request: &ProceduresRequest) -> Result<Procedures> {
    let limit = usize::try_from(request.limit.unwrap_or(50)).unwrap_or(50).min(1_000);
    let text = request.text.as_deref().unwrap_or_default();
    let found = station
        .store
        .read(|connection| catalogue::search(connection, text, limit))?;
    Ok(Procedures {
        procedures: found
            .iter()
            .map(|(it, recent)| convert::procedure_summary(it, *recent))
            .collect(),
    })
}

fn procedure(station: &Station, code: &str) -> Result<ProcedureFacts> {
    station
        .store
        .read(|connection| Ok(convert::procedure(&catalogue::procedure(connection, code)?)))
}

fn station_facts(station: &Station) -> Result<StationFacts> {
    let agency = station.agency()?;
    let author = station.author()?;
    let (hub, hub_name, officers) = station.store.read(|connection| {
        Ok((
            setting(connection, "hub")?,
            setting(connection, "hub_name")?,
            officers::all(connection)?,
        ))
    })?;
    Ok(StationFacts {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        enrolled: hub.is_some(),
        device: hub.is_some().then(|| author.stream.device.to_string()),
        agency: sync::agency_facts(agency),
        hub,
        hub_name: hub_name.unwrap_or_else(|| "Máy chủ cấp trên".to_owned()),
        officers: officers.into_iter().map(Into::into).collect(),
        session: lock(&station.session)?.clone().map(Into::into),
        now: intake::local(station.now()),
    })
}

const PREFERENCE: &str = "preference.";

fn preferences(station: &Station) -> Result<Preferences> {
    station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("../preferences/all.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>("key")?, row.get("value")?)))?;
        let values = rows.map(|row| {
            let (key, value) = row?;
            Ok((key.trim_start_matches(PREFERENCE).to_owned(), value))
        });
        Ok(Preferences {
            values: values.collect::<Result<_>>()?,
        })
    })
}

fn preference_set(station: &Station, request: &PreferenceRequest) -> Result<Nothing> {
    let key = dossier::text::checked("key", &request.key, 60)?;
    if request.value.len() > 4_000 {
        return Err(ApiError::of(Code::TooLong, "value"));
    }
    station
        .store
        .write(|transaction| set_setting(transaction, &format!("{PREFERENCE}{key}"), &request.value))?;
    Ok(Nothing {})
}
