//! What goes wrong between a station and its hub.

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    QuestionLost,
    AnswerLost,
    Twice,
    OlderQuestion,
    AnswerCut,
    AnswerSpoilt,
    OlderAnswer,
    Busy,
    HubRestarted,
    HubPutBack,
    CounterKilled,
    ClockTurned,
    Twin,
}

/// All of them: first those of the line and of the hub.
pub const FAULTS: [Fault; 13] = [
    Fault::QuestionLost,
    Fault::AnswerLost,
    Fault::Twice,
    Fault::OlderQuestion,
    Fault::AnswerCut,
    Fault::AnswerSpoilt,
    Fault::OlderAnswer,
    Fault::Busy,
    Fault::HubRestarted,
    Fault::HubPutBack,
    Fault::CounterKilled,
    Fault::ClockTurned,
    Fault::Twin,
];

/// Those of the line and of the hub.
pub const OF_LINE_AND_HUB: &[Fault] = FAULTS.split_at(10).0;

impl Fault {
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::QuestionLost => "question lost",
            Self::AnswerLost => "answer lost",
            Self::Twice => "question twice",
            Self::OlderQuestion => "older question again",
            Self::AnswerCut => "answer cut",
            Self::AnswerSpoilt => "answer spoilt",
            Self::OlderAnswer => "older answer again",
            Self::Busy => "hub busy",
            Self::HubRestarted => "hub stopped and opened",
            Self::HubPutBack => "hub put back",
            Self::CounterKilled => "counter ended without a word",
            Self::ClockTurned => "clock turned",
            Self::Twin => "copied folder",
        }
    }
}
