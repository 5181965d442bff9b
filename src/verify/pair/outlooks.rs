//! What can come of a region, of the rules of one policy and of the other: whether that is one thing, and the same.

use crate::evaluate::outcome::Outlook;

/// Whether two say one thing of the tier, and the same.
pub(super) fn are_one(one: &Outlook, other: &Outlook) -> bool {
    let settled = |of: &Outlook| {
        let decides = of.decides.is_empty() || (of.decides.len() == 1 && of.surely_decides);
        !of.anything && decides && of.floor[0] == of.floor[1] && of.points.values().all(|[least, most]| least == most)
    };
    let points = |of: &Outlook| -> Vec<(String, [i64; 2])> {
        of.points
            .iter()
            .filter(|(_, points)| **points != [0, 0])
            .map(|(axis, points)| (axis.clone(), *points))
            .collect()
    };
    settled(one)
        && settled(other)
        && one.floor == other.floor
        && one.decides == other.decides
        && points(one) == points(other)
}

/// Whether the first can give no higher floor than the second, and neither anything else.
pub(super) fn is_no_higher(one: &Outlook, other: &Outlook) -> bool {
    floors_only(one) && floors_only(other) && one.floor[1] <= other.floor[0]
}

/// Whether some rules set floors, if they say anything.
pub(super) fn floors_only(of: &Outlook) -> bool {
    !of.anything && of.decides.is_empty() && of.points.is_empty()
}

/// Whether floors do not show beside others, which decide, or set one at least as high.
pub(super) fn is_covered(floors: &Outlook, others: &Outlook) -> bool {
    !others.anything && (others.surely_decides || floors.floor[1] <= others.floor[0])
}
