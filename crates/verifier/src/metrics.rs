//! Counters for Prometheus, on a listener of their own. No label ever holds a grant, an agency or an address.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// What is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    commits: Counter,
    commit_entries: Histogram,
    commit_seconds: Histogram,
    log_size: Gauge<u64, AtomicU64>,
    cosigned_size: Gauge<u64, AtomicU64>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("assent"),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.000_1, 2.0, 16))
            }),
            commits: Counter::default(),
            commit_entries: Histogram::new(exponential_buckets(1.0, 2.0, 12)),
            commit_seconds: Histogram::new(exponential_buckets(0.000_1, 2.0, 16)),
            log_size: Gauge::default(),
            cosigned_size: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let r = &mut self.registry;
        r.register(
            "requests",
            "Requests by route and status",
            self.requests.clone(),
        );
        r.register(
            "request_seconds",
            "Time to answer by route",
            self.durations.clone(),
        );
        r.register("commits", "Durable commits", self.commits.clone());
        r.register(
            "commit_entries",
            "Log entries in one commit",
            self.commit_entries.clone(),
        );
        r.register(
            "commit_seconds",
            "Time of one commit",
            self.commit_seconds.clone(),
        );
        r.register("log_size", "Entries in the log", self.log_size.clone());
        r.register(
            "cosigned_size",
            "Log size of the newest cosigned checkpoint",
            self.cosigned_size.clone(),
        );
    }

    /// One answered request.
    pub fn answered(&self, route: &str, status: u16, took: Duration) {
        self.requests
            .get_or_create(&RequestLabels {
                route: route.to_owned(),
                status,
            })
            .inc();
        self.durations
            .get_or_create(&RouteLabels {
                route: route.to_owned(),
            })
            .observe(took.as_secs_f64());
    }

    /// One durable commit.
    pub fn committed(&self, entries: usize, took: Duration) {
        self.commits.inc();
        self.commit_entries.observe(entries as f64);
        self.commit_seconds.observe(took.as_secs_f64());
        self.log_size
            .inner()
            .fetch_add(entries as u64, Ordering::Relaxed);
    }

    /// The log's size at start.
    pub fn started(&self, size: u64) {
        self.log_size.set(size);
    }

    /// A witness cosigned the checkpoint of that size.
    pub fn cosigned(&self, size: u64) {
        self.cosigned_size.set(size);
    }

    /// The OpenMetrics text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        if text::encode(&mut out, &self.registry).is_err() {
            out.clear();
            let _ = out.write_str("# EOF\n");
        }
        out
    }
}
