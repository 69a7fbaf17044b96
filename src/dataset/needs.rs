//! What of a data set a question needs: of the embedded data the rest is not read.

use crate::dataset::boundaries;
use crate::error::Error;
use crate::error::Result;

/// The layers that a question needs. The small ones (sources, segments, disputes, places) are always read.
///
/// A folder of a user's own is read as a whole whatever the question: no answer comes from a data set that is unsound anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// Which boundary sources.
    pub boundaries: Lines,
    /// Whether nodes, links, crossings, corridors and scenarios.
    pub network: bool,
}

/// Which boundary sources a question needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lines {
    /// None.
    None,
    /// The data set's primary source.
    Primary,
    /// The source of this name.
    Named(String),
    /// Every source.
    All,
}

impl Needs {
    /// Everything.
    pub const ALL: Self = Self {
        boundaries: Lines::All,
        network: true,
    };
}

impl Lines {
    /// The source that was asked for, else the primary one.
    pub fn of(source: Option<&str>) -> Self {
        source.map_or(Self::Primary, |name| Self::Named(name.to_owned()))
    }

    /// Those of `files` that are needed.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if the named source has no file.
    pub(super) fn among(&self, mut files: Vec<String>, primary: &str) -> Result<Vec<String>> {
        let wanted = match self {
            Self::All => return Ok(files),
            Self::None => return Ok(Vec::new()),
            Self::Primary => primary,
            Self::Named(name) => name,
        };
        if let Self::Named(name) = self
            && !files.iter().any(|file| boundaries::slug_of(file) == name)
        {
            // There are few: all of them help more than the likeliest.
            let known = files
                .iter()
                .map(|file| boundaries::slug_of(file).to_owned());
            return Err(Error::Unknown {
                kind: "boundary source",
                name: name.clone(),
                closest: known.collect(),
            });
        }
        files.retain(|file| boundaries::slug_of(file) == wanted);
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    fn files() -> Vec<String> {
        ["boundaries/fine.geojson", "boundaries/coarse.geojson"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn only_the_source_asked_for_is_needed() {
        let among = |lines: Lines| lines.among(files(), "fine").expect("known");
        assert_eq!(among(Lines::All).len(), 2);
        assert!(among(Lines::None).is_empty());
        assert_eq!(among(Lines::of(None)), ["boundaries/fine.geojson"]);
        assert_eq!(
            among(Lines::of(Some("coarse"))),
            ["boundaries/coarse.geojson"]
        );
    }

    #[test]
    fn an_unknown_source_is_told_with_the_known_ones() {
        let error = Lines::of(Some("course")).among(files(), "fine");
        let text = error.expect_err("unknown").to_string();
        assert!(text.contains("course") && text.contains("coarse"), "{text}");
    }
}
