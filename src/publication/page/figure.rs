//! Maps inside the page.

use crate::publication::maps::Drawing;
use crate::publication::page::Page;
use crate::report::html::Html;

/// Adds the map of this name, if it was drawn, with a caption and links to its own files.
pub(super) fn figure(page: &Page<'_>, html: &mut Html, name: &str, caption: &str) {
    let Some(drawing) = page.drawings.iter().find(|drawing| drawing.name == name) else {
        return;
    };
    html.element("figure", &[("id", &format!("map-{name}"))], |html| {
        let label = format!(
            "Map, scrolls sideways: {}. {}",
            drawing.title, drawing.summary
        );
        let frame = [
            ("class", "map"),
            ("role", "region"),
            ("tabindex", "0"),
            ("aria-label", &label),
        ];
        html.element("div", &frame, |html| html.raw(&inlined(drawing)));
        html.element("figcaption", &[], |html| {
            html.text(format!("Map: {}. {caption} ", drawing.title));
            for ending in ["svg", "png"] {
                let path = format!("maps/{name}.{ending}");
                html.leaf("a", &[("href", &path)], ending.to_uppercase());
                html.text(" ");
            }
        });
    });
}

/// The map with ids that no other map of the page has.
fn inlined(drawing: &Drawing) -> String {
    let prefix = &drawing.name;
    drawing
        .svg
        .replace(" id=\"", &format!(" id=\"{prefix}."))
        .replace("url(#", &format!("url(#{prefix}."))
        .replace("href=\"#", &format!("href=\"#{prefix}."))
}

#[cfg(test)]
mod tests {
    use super::Drawing;
    use super::inlined;

    #[test]
    fn ids_of_a_map_and_what_points_at_them_stay_together() {
        let svg = "<g id=\"a\" clip-path=\"url(#clip.a)\"/>".to_owned();
        let drawing = Drawing {
            name: "m".to_owned(),
            title: String::new(),
            summary: String::new(),
            svg,
        };
        assert_eq!(
            inlined(&drawing),
            "<g id=\"m.a\" clip-path=\"url(#m.clip.a)\"/>"
        );
    }
}
