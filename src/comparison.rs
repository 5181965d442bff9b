//! Stage five, beside the caseload. In: two policies, or one under two settings, and a case. Out: what each says of it in
//! short, and where they part, the rules that made them. Over a book those add up to who moves, why, and what it costs.

pub mod cause;
pub mod compared;
mod edited;
mod own_inputs;
pub mod policy_change;
pub mod remembered;
pub mod sides;
pub mod stand;
pub mod tally;
pub mod target;
pub mod witness;

pub use self::{compared::Compared, policy_change::PolicyChange, sides::Sides, stand::Stand};
