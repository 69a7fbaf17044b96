//! Ids of records: well-formed, and each used once.

use std::collections::HashMap;

use crate::error::Problem;

/// The ids of one layer that were seen so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    seen: HashMap<String, usize>,
}

impl Ids {
    /// Checks the id of record `number`; `member` is the `id` member of a GeoJSON feature, which must say the same.
    pub(super) fn check(
        &mut self,
        file: &str,
        number: usize,
        id: &str,
        member: Option<&str>,
    ) -> Result<(), Problem> {
        let fault =
            |message: String| Err(Problem::of_feature(file, number, Some(id), message).at("id"));
        if !is_slug(id) {
            return fault(
                "is no slug: use lower-case letters, digits and single hyphens".to_owned(),
            );
        }
        if let Some(member) = member.filter(|&member| member != id) {
            return fault(format!("differs from the feature's own id, `{member}`"));
        }
        match self.seen.insert(id.to_owned(), number) {
            Some(first) => fault(format!("is used twice: feature {first} has it too")),
            None => Ok(()),
        }
    }
}

/// Whether `text` is a slug: lower-case letters and digits, in groups joined by single hyphens.
fn is_slug(text: &str) -> bool {
    text.split('-').all(|group| {
        !group.is_empty()
            && group
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::is_slug;

    #[test]
    fn slugs_are_lower_case_groups_joined_by_hyphens() {
        assert!(is_slug("am-az-n03-kirants"));
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "ə"] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
