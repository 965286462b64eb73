//! Rules in one signed file: what a province hands to its communes, on a stick or through the hub.
//! The file is canonical JSON (RFC 8785); the signature (Ed25519) covers the canonical text of
//! everything in it but the signature itself, so the same rules signed by the same key at the same
//! time are the same bytes, and no field can be changed or added on the way.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::{CanonicalError, canonical};
use crate::envelope::{hex, unhex};

/// Name of the format; another format has another name.
pub const RULES_FORMAT: &str = "motcua/rules/1";
/// Largest file, in bytes: the whole national catalogue of a commune is a third of it.
pub const MAX_RULES_BYTES: usize = 8 << 20;

/// One version of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleItem {
    /// `procedure`, `calendar`, `agency`, `fees`.
    pub kind: String,
    /// Key within the kind.
    pub key: String,
    /// Name of the version.
    pub version: String,
    /// Legal basis.
    pub basis: String,
    /// Data of the kind.
    pub data: Value,
}

/// A file of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesFile {
    /// [`RULES_FORMAT`].
    pub format: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// Who made it, in their own words.
    pub by: String,
    /// Key of who signed it, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// The rules.
    pub rules: Vec<RuleItem>,
    /// Signature, hexadecimal; nothing when nobody signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// Why a file cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesFileError {
    /// No file of rules, or one of a newer format.
    #[error("not a file of rules: {0}")]
    Unreadable(String),
    /// It was changed after it was signed.
    #[error("the signature does not cover what the file says")]
    Tampered,
    /// A value without canonical text.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
}

impl RulesFile {
    /// The signed text of a file.
    ///
    /// # Errors
    /// [`RulesFileError::Canonical`] for numbers that are not whole.
    pub fn seal(key: &SigningKey, by: &str, made_at: &str, rules: Vec<RuleItem>) -> Result<String, RulesFileError> {
        let mut file = Self {
            format: RULES_FORMAT.to_owned(),
            made_at: made_at.to_owned(),
            by: by.to_owned(),
            public_key: Some(hex(key.verifying_key().as_bytes())),
            rules,
            signature: None,
        };
        file.signature = Some(hex(&key.sign(&file.message()?).to_bytes()));
        file.text()
    }

    /// Reads a file and checks its signature, if it has one.
    ///
    /// # Errors
    /// [`RulesFileError`].
    pub fn read(text: &str) -> Result<Self, RulesFileError> {
        let text = text.trim_start_matches('\u{feff}');
        let unreadable = |error: serde_json::Error| RulesFileError::Unreadable(error.to_string());
        let file: Self = serde_json::from_str(text).map_err(unreadable)?;
        if file.format != RULES_FORMAT {
            return Err(RulesFileError::Unreadable(file.format));
        }
        match &file.signature {
            Some(signature) if !file.is_signed_by(signature)? => Err(RulesFileError::Tampered),
            _ => Ok(file),
        }
    }

    /// The key that signed it; nothing for a file that nobody signed.
    #[must_use]
    pub fn signer(&self) -> Option<[u8; 32]> {
        self.signature.as_ref()?;
        unhex(self.public_key.as_deref()?)
    }

    fn is_signed_by(&self, signature: &str) -> Result<bool, RulesFileError> {
        let key = self.signer().and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let (Some(key), Some(signature)) = (key, unhex::<64>(signature)) else {
            return Ok(false);
        };
        let message = self.message()?;
        Ok(key.verify_strict(&message, &Signature::from_bytes(&signature)).is_ok())
    }

    /// The format's name keeps these signatures apart from those of requests and heads.
    fn message(&self) -> Result<Vec<u8>, RulesFileError> {
        let unsigned = Self {
            signature: None,
            ..self.clone()
        };
        Ok(format!("{RULES_FORMAT}\n{}", unsigned.text()?).into_bytes())
    }

    fn text(&self) -> Result<String, RulesFileError> {
        let value = serde_json::to_value(self).map_err(|error| RulesFileError::Unreadable(error.to_string()))?;
        Ok(canonical(&value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sealed() -> String {
        let rule = RuleItem {
            kind: "agency".into(),
            key: "H99.128".into(),
            version: "2026-11-23".into(),
            basis: "QĐ 1/QĐ-UBND".into(),
            data: json!({"name": "Xã Mẫu", "code": "H99.128"}),
        };
        let key = SigningKey::from_bytes(&[7; 32]);
        RulesFile::seal(&key, "Sở Tư pháp Mẫu", "2026-11-23T02:42:00Z", vec![rule]).unwrap()
    }

    #[test]
    fn the_same_rules_are_the_same_bytes() {
        assert_eq!(sealed(), sealed());
        assert_eq!(
            sealed(),
            concat!(
                r#"{"by":"Sở Tư pháp Mẫu","format":"motcua/rules/1","made_at":"2026-11-23T02:42:00Z","#,
                r#""public_key":"ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c","#,
                r#""rules":[{"basis":"QĐ 1/QĐ-UBND","data":{"code":"H99.128","name":"Xã Mẫu"},"#,
                r#""key":"H99.128","kind":"agency","version":"2026-11-23"}],"#,
                r#""signature":"94d505c719f702504b9b8d347a16cb4a4348d30042fa9e53291bd1857b45f00cbd960348603a2f9bd33aaab238c3fd1cb885707e12f83b6143a46e2ccadfd802"}"#
            )
        );
    }

    #[test]
    fn a_file_says_who_signed_it() {
        let file = RulesFile::read(&sealed()).unwrap();
        let key = SigningKey::from_bytes(&[7; 32]);
        assert_eq!(file.signer(), Some(*key.verifying_key().as_bytes()));
        let mut bare = file;
        bare.signature = None;
        let bare = RulesFile::read(&serde_json::to_string(&bare).unwrap()).unwrap();
        assert_eq!(bare.signer(), None);
    }

    #[test]
    fn every_changed_field_is_noticed() {
        for (from, to) in [
            ("Xã Mẫu", "Xã Khác"),
            ("Sở Tư pháp", "Sở Nội vụ"),
            ("QĐ 1/", "QĐ 2/"),
            ("02:42", "02:43"),
            ("ea4a6c63", "ea4a6c64"),
            ("agency", "fees"),
        ] {
            let changed = sealed().replace(from, to);
            assert_eq!(RulesFile::read(&changed), Err(RulesFileError::Tampered), "{from}");
        }
        let more = sealed().replacen("{\"by\"", "{\"note\":\"x\",\"by\"", 1);
        assert!(matches!(RulesFile::read(&more), Err(RulesFileError::Unreadable(_))));
        let newer = sealed().replace("motcua/rules/1", "motcua/rules/2");
        assert!(matches!(RulesFile::read(&newer), Err(RulesFileError::Unreadable(_))));
    }

    #[test]
    fn other_white_space_is_the_same_file() {
        let value: Value = serde_json::from_str(&sealed()).unwrap();
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        assert_eq!(RulesFile::read(&pretty), RulesFile::read(&sealed()));
    }
}
