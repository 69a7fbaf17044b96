//! Names by language; both parties' names stand side by side.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

/// The names of one thing, by language code.
///
/// # Properties
///
/// Labels are in alphabetical order of the language code, so that no party's name comes first by choice of the program.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Whether there is no name at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Language codes and names, in alphabetical order of the code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(code, name)| (code.as_str(), name.as_str()))
    }

    /// The name in `language`.
    pub fn in_language(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// The English name, else the first by language code.
    pub fn english(&self) -> &str {
        self.in_language("en")
            .or_else(|| self.0.values().next().map(String::as_str))
            .unwrap_or("")
    }

    /// All names in the given languages, in their order, each once; the English one if there is none.
    pub fn label(&self, languages: &[&str]) -> String {
        let mut shown: Vec<&str> = Vec::new();
        for name in languages
            .iter()
            .filter_map(|language| self.in_language(language))
        {
            if !shown.contains(&name) {
                shown.push(name);
            }
        }
        if shown.is_empty() {
            self.english().to_owned()
        } else {
            shown.join(" / ")
        }
    }
}

impl FromIterator<(String, String)> for Names {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(names: I) -> Self {
        Self(names.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_label_shows_each_name_once_in_the_order_asked_for() {
        let names: Names = [("az", "Meğri"), ("en", "Meghri"), ("hy", "Մեղրի")]
            .map(|(code, name)| (code.to_owned(), name.to_owned()))
            .into_iter()
            .collect();
        assert_eq!(names.label(&["az", "hy"]), "Meğri / Մեղրի");
        assert_eq!(names.label(&["ka"]), "Meghri");
    }
}
