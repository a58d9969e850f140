//! libFuzzer's way into the target `handover`; without libFuzzer it replays the files that it is given.
#![cfg_attr(fuzzing, no_main)]

targets::fuzz_target!("handover");
