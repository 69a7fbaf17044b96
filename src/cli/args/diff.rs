//! The arguments of `araxes border diff`.

use std::path::PathBuf;

use araxes::model::Date;
use araxes::model::Pair;
use clap::Args;

/// What is held against what.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(in crate::cli) struct DiffArgs {
    /// Two dates, the earlier first: which stretches and disputes have another status on the second
    #[arg(long, num_args = 2, value_names = ["DATE", "DATE"], group = "what")]
    pub(in crate::cli) dates: Option<Vec<Date>>,
    /// Two boundary sources, the old one first: which lines moved, where, and by more than the two are accurate?
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], group = "what")]
    pub(in crate::cli) sources: Option<Vec<String>>,
    /// The folder of an old data set: which segments, disputes and lines of the one in use are others
    #[arg(long, value_name = "DIR", group = "what")]
    pub(in crate::cli) against: Option<PathBuf>,
    /// Two states, for example AM-AZ; default: all
    #[arg(long, value_name = "PAIR")]
    pub(in crate::cli) pair: Option<Pair>,
    /// One named segment in place of whole borders
    #[arg(long, value_name = "ID", conflicts_with_all = ["pair", "against"])]
    pub(in crate::cli) segment: Option<String>,
    /// In place of what moved, where kilometres of the old line are on the new one: of a CSV file with the columns `pair` and `km`, and if need be
    /// `part`, `to_km` and `label`; `-` for standard input; without FILE, where the named segments start and end
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "", conflicts_with = "dates")]
    pub(in crate::cli) events: Option<EventsFrom>,
}

/// Where events come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum EventsFrom {
    /// The named segments' starts and ends.
    Segments,
    /// A CSV file, or `-`.
    File(PathBuf),
}

impl From<&str> for EventsFrom {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Segments
        } else {
            Self::File(PathBuf::from(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use clap::Parser;

    use super::DiffArgs;
    use super::EventsFrom;
    use crate::cli::args::BorderCommand;
    use crate::cli::args::Cli;
    use crate::cli::args::Command;

    fn parsed(line: &str) -> Option<DiffArgs> {
        let words = "araxes border diff ".to_owned() + line;
        match Cli::try_parse_from(words.split_whitespace()).ok()?.command {
            Command::Border(BorderCommand::Diff(args)) => Some(args),
            _ => None,
        }
    }

    #[test]
    fn exactly_one_thing_is_compared() {
        assert!(parsed("").is_none());
        assert!(parsed("--dates 2020 2024 --sources a b").is_none());
        assert!(parsed("--dates 2020").is_none());
        assert!(parsed("--sources a b --against c").is_none());
        assert!(parsed("--dates 2020 2024 --events").is_none());
        assert!(parsed("--against c --segment x").is_none());
        let dates = parsed("--dates 2020 2024-05").and_then(|args| args.dates);
        assert_eq!(dates.map(|dates| dates.len()), Some(2));
    }

    #[test]
    fn events_come_from_a_file_or_from_the_segments() {
        let events = |line: &str| parsed(line).and_then(|args| args.events);
        assert_eq!(events("--sources a b"), None);
        assert_eq!(events("--sources a b --events"), Some(EventsFrom::Segments));
        let file = Some(EventsFrom::File(PathBuf::from("x.csv")));
        assert_eq!(events("--against c --events x.csv"), file);
    }
}
