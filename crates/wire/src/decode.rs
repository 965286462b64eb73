//! Reading fields out of a stored body: each refusal names the field, nothing is guessed.

use std::str::FromStr;

use chrono::{DateTime, Utc};

use crate::body::BodyError;
use crate::tree::{Fieldset, Tree};

/// A JSON object being read.
pub struct Fields<'a>(&'a Fieldset<'a>);

impl<'a> Fields<'a> {
    pub fn of(value: &'a Tree<'a>) -> Result<Self, BodyError> {
        value
            .as_object()
            .map(Self)
            .ok_or_else(|| BodyError::new("", "an object is expected"))
    }

    pub fn value(&self, key: &str) -> Result<&'a Tree<'a>, BodyError> {
        self.maybe(key).ok_or_else(|| BodyError::new(key, "missing"))
    }

    pub fn maybe(&self, key: &str) -> Option<&'a Tree<'a>> {
        self.0.get(key).filter(|value| **value != Tree::Null)
    }

    pub fn text(&self, key: &str) -> Result<String, BodyError> {
        self.str(key).map(str::to_owned)
    }

    pub fn str(&self, key: &str) -> Result<&'a str, BodyError> {
        self.value(key)?
            .as_text()
            .ok_or_else(|| BodyError::new(key, "text is expected"))
    }

    pub fn maybe_text(&self, key: &str) -> Result<Option<String>, BodyError> {
        self.maybe(key).map(|_| self.text(key)).transpose()
    }

    pub fn flag(&self, key: &str) -> Result<bool, BodyError> {
        self.value(key)?
            .as_flag()
            .ok_or_else(|| BodyError::new(key, "true or false is expected"))
    }

    pub fn number<N: TryFrom<i64>>(&self, key: &str) -> Result<N, BodyError> {
        let number = self
            .value(key)?
            .as_number()
            .ok_or_else(|| BodyError::new(key, "a whole number is expected"))?;
        N::try_from(number).map_err(|_| BodyError::new(key, "the number is out of range"))
    }

    pub fn maybe_number<N: TryFrom<i64>>(&self, key: &str) -> Result<Option<N>, BodyError> {
        self.maybe(key).map(|_| self.number(key)).transpose()
    }

    pub fn parsed<T: FromStr>(&self, key: &str) -> Result<T, BodyError> {
        self.str(key)?
            .parse()
            .map_err(|_| BodyError::new(key, "not in the expected form"))
    }

    pub fn maybe_parsed<T: FromStr>(&self, key: &str) -> Result<Option<T>, BodyError> {
        self.maybe(key).map(|_| self.parsed(key)).transpose()
    }

    /// Milliseconds since 1970.
    pub fn instant(&self, key: &str) -> Result<DateTime<Utc>, BodyError> {
        DateTime::from_timestamp_millis(self.number(key)?).ok_or_else(|| BodyError::new(key, "not an instant"))
    }

    /// One of a closed list of names.
    pub fn one_of<T: Copy>(&self, key: &str, names: &[(T, &str)]) -> Result<T, BodyError> {
        let text = self.str(key)?;
        names
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(value, _)| *value)
            .ok_or_else(|| BodyError::new(key, "not one of the known names"))
    }

    pub fn maybe_one_of<T: Copy>(&self, key: &str, names: &[(T, &str)]) -> Result<Option<T>, BodyError> {
        self.maybe(key).map(|_| self.one_of(key, names)).transpose()
    }

    pub fn object(&self, key: &str) -> Result<Fields<'a>, BodyError> {
        Fields::of(self.value(key)?)
    }

    pub fn maybe_object<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Fields<'a>) -> Result<T, BodyError>,
    ) -> Result<Option<T>, BodyError> {
        let object = self.maybe(key).map(Fields::of).transpose()?;
        object.map(|fields| read(&fields)).transpose()
    }

    pub fn list<T>(&self, key: &str, read: impl Fn(&'a Tree<'a>) -> Result<T, BodyError>) -> Result<Vec<T>, BodyError> {
        let items = self
            .value(key)?
            .as_list()
            .ok_or_else(|| BodyError::new(key, "a list is expected"))?;
        items.iter().map(read).collect()
    }

    pub fn objects<T>(
        &self,
        key: &str,
        read: impl Fn(&Fields<'a>) -> Result<T, BodyError>,
    ) -> Result<Vec<T>, BodyError> {
        self.list(key, |value| read(&Fields::of(value)?))
    }

    pub fn parsed_list<T: FromStr>(&self, key: &str) -> Result<Vec<T>, BodyError> {
        self.list(key, |value| {
            value
                .as_text()
                .and_then(|text| text.parse().ok())
                .ok_or_else(|| BodyError::new(key, "not in the expected form"))
        })
    }

    pub fn texts(&self, key: &str) -> Result<Vec<String>, BodyError> {
        self.parsed_list(key)
    }

    pub fn numbers<N: TryFrom<i64>>(&self, key: &str) -> Result<Vec<N>, BodyError> {
        self.list(key, |value| {
            value
                .as_number()
                .and_then(|number| N::try_from(number).ok())
                .ok_or_else(|| BodyError::new(key, "a whole number is expected"))
        })
    }
}
