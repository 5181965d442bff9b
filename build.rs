//! Policies and mappings are built into the program: a new file among them is a reason to build it again.

fn main() {
    println!("cargo:rerun-if-changed=policies");
    println!("cargo:rerun-if-changed=mappings");
}
