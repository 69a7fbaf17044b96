use geo::coord;

use super::strip;
use crate::units::Length;

#[test]
fn smoke() {
    let line = [coord! { x: 0.0, y: 0.0 }, coord! { x: 1.0, y: 0.0 }];
    let found = strip(&[line], Length::from_km(5.0)).expect("ground");
    assert_eq!(found.0.len(), 1);
}
