//! A case from text: by way of a tree that knows the place of every value, or straight from JSON.

use super::{
    check,
    document::{self, Node},
    fault::Fault,
    json,
    model::Case,
    read,
};

/// The longest text read without a tree, in bytes.
const MAX_QUICK: usize = 100_000;

impl Case {
    /// Reads a case from YAML or JSON text.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its field and line: not well-formed, an unknown key, a wrong type, a value
    /// outside its domain, or dates that cannot stand in the order they do.
    ///
    /// ```
    /// use brag::case::Case;
    /// let case = Case::parse("crn: X320741\noasys: { rosh: medium, rsr: 1.40 }\n").unwrap().0;
    /// assert_eq!(case.crn.as_str(), "X320741");
    ///
    /// let fault = Case::parse("crn: X320741\noasys: { rohs: medium }\n").unwrap_err();
    /// assert_eq!(fault.to_string(), "`oasys.rohs`: unknown key");
    /// assert_eq!(fault.help().as_deref(), Some("did you mean `rosh`?"));
    /// ```
    pub fn parse(text: &str) -> Result<(Self, Node), Fault> {
        document::parse(text).and_then(Self::from_document).map_err(Fault::spared)
    }

    /// Reads a case from text that must be JSON, and not merely YAML that looks like it.
    ///
    /// # Errors
    ///
    /// As [`Case::parse`].
    pub fn parse_json(text: &str) -> Result<(Self, Node), Fault> {
        json::parse(text).and_then(Self::from_document).map_err(Fault::spared)
    }

    /// Reads a case from JSON text, if that can be done without a tree in between, which is quick and knows no places. What is
    /// taken is the same case; what is refused, rightly or out of caution, is for [`Case::parse_json`] to read or explain.
    ///
    /// ```
    /// use brag::case::Case;
    /// let text = r#"{ "crn": "X320741", "oasys": { "rsr": 1.40 } }"#;
    /// assert_eq!(Case::quick_json(text).unwrap(), Case::parse_json(text).unwrap().0);
    /// assert!(Case::quick_json(r#"["X320741"]"#).is_none());
    /// ```
    #[must_use]
    pub fn quick_json(text: &str) -> Option<Self> {
        // A longer text could hold more values than a case may have.
        let case = (text.len() <= MAX_QUICK).then(|| serde_json::from_str(text).ok()).flatten()?;
        check::contradictions(&case, None).is_empty().then_some(case)
    }

    /// Reads a case from a tree.
    ///
    /// # Errors
    ///
    /// As [`Case::parse`], with the whole path of what is wrong.
    pub(crate) fn from_document(document: Node) -> Result<(Self, Node), Fault> {
        let case: Self = read::from_node(&document)?;
        let mut faults = check::contradictions(&case, Some(&document));
        if faults.is_empty() { Ok((case, document)) } else { Err(faults.swap_remove(0)) }
    }
}
