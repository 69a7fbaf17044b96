//! x
fn main() {
    let t = std::time::Instant::now();
    let g = match std::env::args().nth(1) { Some(d) => araxes::dataset::Geodata::Folder(d.into()), None => araxes::dataset::Geodata::Embedded };
    let (w, p) = araxes::dataset::examine(&g).unwrap();
    println!("{:?}", t.elapsed());
    for p in p.iter().take(30) { println!("{p}"); }
    println!("{} problems", p.len());
    let Some(w) = w else { return };
    for b in &w.boundaries {
        println!("== {}", w.source_of(b).id);
        for x in &b.borders { println!("{} {:30} {:9.2} km pieces {} v {} exact {:.3} sp {}", x.pair, x.part.label(), x.length().km(), x.pieces().len(), x.vertices(), x.exact_share(), x.spacing()); }
        for t in &b.tripoints { println!("{:?} {:?} {}", t.territories, t.at, t.spread); }
        for e in &b.exclaves { println!("{} {} in {:?}", e.territory, e.name, e.enclave_in); }
    }
}
