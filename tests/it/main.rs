//! Everything that is tested through the public interface: one file a behaviour.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::needless_raw_string_hashes,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::similar_names,
    clippy::option_option,
    clippy::assigning_clones,
    clippy::many_single_char_names,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::large_stack_arrays,
    reason = "a test that cannot go on has failed, and says where"
)]

mod answer_formats;
mod answer_schema;
mod as_brought;
mod as_of;
mod authoring;
mod book;
mod case_faults;
mod case_schema;
mod caseload;
mod cases;
mod check;
mod command_line;
mod commits;
mod compare;
mod compare_html;
mod compare_otherwise;
mod compare_random;
mod completions;
mod decision_log;
mod diff;
mod documents;
mod due;
mod editors;
mod explain;
mod hostile_cases;
mod hostile_policies;
mod in_a_browser;
mod kept_logs;
mod law;
mod layers;
mod line_ends;
mod made_up;
mod mapped_dates;
mod mapped_sources;
mod mapped_tables;
mod mapped_values;
mod mappings;
mod national_reference;
mod national_tier;
mod noticed;
mod officer;
mod order_of_rules;
mod outputs;
mod overrides;
mod owed_otherwise;
mod own_inputs;
mod pager;
mod presumed;
mod program;
mod properties;
mod quality;
mod rate;
mod reading;
mod recorded_tiers;
mod regions;
mod report;
mod sampling;
mod scaffold;
mod schedule;
mod secrets;
mod serve;
mod sheets;
mod shown;
mod slips;
mod today;
mod trial;
mod unrecorded;
mod verify;
mod verify_enumerated;
mod verify_pairs;
mod widths;
