//! The arguments of `araxes status`.

use std::path::PathBuf;

use araxes::model::Pair;
use clap::Args;
use clap::ValueEnum;

/// What to ask the status of.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(in crate::cli) struct StatusArgs {
    /// A point, in degrees on WGS 84, for example 46.24,38.90, or as --system says
    #[arg(long, value_name = "LON,LAT", group = "what", allow_hyphen_values = true, value_parser = two_numbers)]
    pub(in crate::cli) at: Option<(f64, f64)>,
    /// A town or village, by id or by name in any language
    #[arg(long, value_name = "NAME", group = "what")]
    pub(in crate::cli) place: Option<String>,
    /// A named segment; `araxes border segments` lists them
    #[arg(long, value_name = "ID", group = "what")]
    pub(in crate::cli) segment: Option<String>,
    /// With --segment: how its status came about, claim by claim
    #[arg(long, requires = "segment")]
    pub(in crate::cli) history: bool,
    /// A kilometre of a border: `AM-AZ:120` on its main part, `AM-AZ/AZ-NX:12` on another part
    #[arg(long, value_name = "PAIR[/PART]:KM", group = "what", value_parser = kilometre)]
    pub(in crate::cli) km: Option<Kilometre>,
    /// Many points: CSV with the columns lon and lat, a GeoJSON collection, or GeoJSON features line by line; `-` for standard input
    #[arg(long, value_name = "FILE", group = "what")]
    pub(in crate::cli) points: Option<PathBuf>,
    /// What --points is; default: by the file's name, or its first bytes
    #[arg(long, value_enum, value_name = "FORMAT", requires = "points")]
    pub(in crate::cli) points_format: Option<PointsFormat>,
    /// Columns or properties of --points to set before each answer
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        requires = "points"
    )]
    pub(in crate::cli) keep: Vec<String>,
    /// The coordinate system that --at or --points is in, for example EPSG:28408 (then easting and northing); default: WGS 84
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) system: Option<String>,
    /// The published datum operation from that system; default: the one that the data set prefers
    #[arg(long, value_name = "ID", requires = "system")]
    pub(in crate::cli) operation: Option<String>,
}

/// How a stream of points is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PointsFormat {
    /// Comma-separated values with a header
    Csv,
    /// A GeoJSON feature collection
    Geojson,
    /// A GeoJSON feature on each line
    Geojsonl,
}

/// A kilometre of a part of a border.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct Kilometre {
    pub(in crate::cli) pair: Pair,
    pub(in crate::cli) part: Option<String>,
    pub(in crate::cli) km: f64,
}

fn two_numbers(text: &str) -> Result<(f64, f64), String> {
    let form = || "give longitude and latitude in degrees, such as 46.24,38.90".to_owned();
    let (east, north) = text.split_once(',').ok_or_else(form)?;
    let number = |part: &str| part.trim().parse::<f64>().ok().ok_or_else(form);
    Ok((number(east)?, number(north)?))
}

fn kilometre(text: &str) -> Result<Kilometre, String> {
    let (border, km) = text
        .rsplit_once(':')
        .ok_or("give a border and a kilometre, joined by a colon: PAIR:KM or PAIR/PART:KM")?;
    let (pair, part) = match border.split_once('/') {
        Some((pair, part)) => (pair, Some(part.to_owned())),
        None => (border, None),
    };
    let km: f64 = km
        .trim()
        .parse()
        .ok()
        .ok_or_else(|| format!("`{km}` is no number of kilometres"))?;
    if !km.is_finite() {
        return Err(format!("`{km}` is no number of kilometres"));
    }
    Ok(Kilometre {
        pair: pair
            .parse()
            .map_err(|e: araxes::model::BadCode| e.to_string())?,
        part,
        km,
    })
}

#[cfg(test)]
mod tests {
    use super::kilometre;
    use super::two_numbers;

    #[test]
    fn a_point_is_longitude_then_latitude() {
        assert_eq!(two_numbers("46.24,38.90"), Ok((46.24, 38.90)));
        assert_eq!(two_numbers("-0.5, 51"), Ok((-0.5, 51.0)));
        for bad in ["46.24", "a,b", "1,"] {
            assert!(two_numbers(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_kilometre_names_a_border_and_optionally_its_part() {
        let main = kilometre("AM-AZ:120.5").expect("a kilometre");
        assert_eq!(
            (main.pair.to_string().as_str(), main.part, main.km),
            ("AM-AZ", None, 120.5)
        );
        let part = kilometre("AM-AZ/AZ-NX:12").expect("a kilometre");
        assert_eq!(part.part.as_deref(), Some("AZ-NX"));
        for bad in ["AM-AZ", "AM:12", "AM-AZ:x", "AM-AZ:inf"] {
            assert!(kilometre(bad).is_err(), "{bad}");
        }
    }
}
