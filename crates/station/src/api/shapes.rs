//! How shapes of answers are written down: one line a shape, read by the window as a TypeScript type.

macro_rules! answers {
    ($($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[ts(export)]
            #[expect(missing_docs, reason = "the answer's own line says what it is")]
            pub struct $name { $($(#[$meta])* pub $field: $type),* }
        )*
    };
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident { $($(#[$named:meta])* $variant:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[serde(rename_all = "snake_case")]
            #[ts(export)]
            #[expect(missing_docs, reason = "the names say it")]
            pub enum $name { $($(#[$named])* $variant),* }
        )*
    };
}
