//! What `serde_json` says of a value, in the words of the data: its own speak of Rust's types.

/// A fault of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// The member that the fault is about, where the path to the value does not name it.
    pub(super) member: Option<String>,
    /// What is wrong and what is expected.
    pub(super) message: String,
}

/// Faults that are not about a type: how they begin, and how we say them.
const KNOWN: [(&str, &str); 4] = [
    ("recursion limit exceeded", "is nested too deeply"),
    ("number out of range", "is a number out of range"),
    (
        "A position must contain",
        "has a position of fewer than two numbers",
    ),
    (
        "Encountered geometry type",
        "has coordinates that are not nested as its type needs",
    ),
];

/// Says a fault in the words of the data, without line and column.
pub(super) fn wording(error: &serde_json::Error) -> Wording {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or(&text);
    let says = |message: String| Wording {
        member: None,
        message,
    };
    let about = |member: &str, message: &str| Wording {
        member: Some(member.to_owned()),
        message: message.to_owned(),
    };
    if let Some(member) = quoted(text, "missing field `") {
        return about(member, "is missing");
    }
    if let Some(member) = quoted(text, "duplicate field `") {
        return about(member, "stands here twice");
    }
    if let Some((_, plain)) = KNOWN.iter().find(|(start, _)| text.starts_with(start)) {
        return says((*plain).to_owned());
    }
    let Some((found, expected)) = text.split_once(", expected ") else {
        return says(text.to_owned());
    };
    if found.starts_with("unknown field ") {
        return says(format!("is unknown: {expected} is expected"));
    }
    if let Some(found) = found.strip_prefix("unknown variant ") {
        return says(format!("is {found}: {expected} is expected"));
    }
    let found = found
        .strip_prefix("invalid type: ")
        .or_else(|| found.strip_prefix("invalid value: "))
        .unwrap_or(found);
    says(format!(
        "is {}: {} is expected",
        kind(found),
        kind(expected)
    ))
}

fn quoted<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    text.strip_prefix(start)?.split('`').next()
}

/// A type by its name in JSON.
fn kind(words: &str) -> &str {
    match words {
        "map" | "a map" => "an object",
        "sequence" | "a sequence" => "an array",
        "i64" | "u64" | "u32" | "usize" => "a whole number",
        "f64" | "a coordinate element (number or array)" => "a number",
        _ if words.starts_with("struct ") => "an object",
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::wording;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Stop {
        #[serde(rename = "order")]
        _order: i64,
        #[serde(rename = "kind")]
        _kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Halt,
        Port,
    }

    fn said(text: &str) -> String {
        let error = serde_json::from_str::<Stop>(text).expect_err("a fault");
        let wording = wording(&error);
        wording
            .member
            .map(|member| format!("{member} "))
            .unwrap_or_default()
            + &wording.message
    }

    #[test]
    fn faults_are_said_without_the_words_of_rust() {
        assert_eq!(said(r#"{"kind": "halt"}"#), "order is missing");
        assert_eq!(
            said(r#"{"order": 1, "order": 2, "kind": "halt"}"#),
            "order stands here twice"
        );
        assert_eq!(
            said(r#"{"ordre": 1}"#),
            "is unknown: `order` or `kind` is expected"
        );
        assert_eq!(
            said(r#"{"order": 1, "kind": "tram"}"#),
            "is `tram`: `halt` or `port` is expected"
        );
        assert_eq!(
            said(r#"{"order": "one"}"#),
            "is string \"one\": a whole number is expected"
        );
        assert_eq!(said("5"), "is integer `5`: an object is expected");
    }
}
