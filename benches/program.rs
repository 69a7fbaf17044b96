//! The built program as users run it, start-up and files included: a million random points, and two editions of all borders compared.

#![expect(
    clippy::expect_used,
    reason = "a bench without its files has nothing to time"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;

/// Points of the stream.
const POINTS: u32 = 1_000_000;

/// Random longitudes and latitudes over the middle of the region, as a CSV file: always the same ones.
fn points(file: &Path) {
    // Knuth's 64-bit linear congruential generator (The Art of Computer Programming, volume 2, 3.3.4): plain, and the same everywhere.
    let mut state: u64 = 1;
    let mut share = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut text = String::from("lon,lat\n");
    for _ in 0..POINTS {
        let (lon, lat) = (43.0 + 8.0 * share(), 38.3 + 3.7 * share());
        writeln!(text, "{lon:.6},{lat:.6}").expect("memory");
    }
    fs::write(file, text).expect("a folder to write to");
}

/// Runs the program to its end; its answer goes to a file.
fn run(arguments: &[&str], output: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_araxes"))
        .args(arguments)
        .arg("--output")
        .arg(output)
        .env_clear()
        .stdin(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{arguments:?}");
}

fn program(criterion: &mut Criterion) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("program-bench");
    fs::create_dir_all(&folder).expect("a folder to write to");
    let (input, output) = (folder.join("points.csv"), folder.join("answers.csv"));
    points(&input);
    let input = input.to_str().expect("a path in UTF-8").to_owned();
    let mut group = criterion.benchmark_group("program");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(30));
    group.throughput(Throughput::Elements(u64::from(POINTS)));
    group.bench_function("status_of_a_million_points_csv_to_csv", |bencher| {
        bencher.iter(|| run(&["status", "--points", &input, "--format", "csv"], &output));
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("border_compare_two_editions_all_borders", |bencher| {
        let compare = [
            "border", "compare", "osm-2017", "osm-2026", "--format", "csv",
        ];
        bencher.iter(|| run(&compare, &output));
    });
    group.bench_function("status_of_one_point", |bencher| {
        bencher.iter(|| run(&["status", "--at", "46.24,38.90"], &output));
    });
    group.finish();
    let _ = fs::remove_dir_all(&folder);
}

criterion_group!(benches, program);
criterion_main!(benches);
