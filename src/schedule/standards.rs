//! What a policy asks for one case, tier by tier: the numbers that the calendar is reckoned with.

use crate::language::standard::{CalendarRules, ContactStandard, ReviewStandard};
use std::{borrow::Cow, sync::Arc};

/// Everything that a policy asks for one case. A caller asks the policy for the standards of every tier on the record,
/// because earlier ones still bear on what is due now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standards {
    /// The tiers from the least to the most intensive. A tier that is a phase and not an intensity, as Blue, is not among
    /// them, and a rating with a tier that is not among them asks for no contact of its own.
    pub tiers: Vec<TierStandards>,
    /// What is asked, where the person is now, under those tiers outside the order that the rules give: whom the rules put there is held
    /// to that, once it is recorded.
    pub outside: Vec<TierStandards>,
    /// The numbers that do not depend on the tier.
    pub rules: CalendarRules,
}

/// What a policy asks under one tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierStandards {
    /// The tier, as ratings write it.
    pub tier: String,
    /// In the community. The first standard is the main one, which follows the person through every change of tier and
    /// has the deadlines after release, return and transfer; a further one runs with those of the same mode.
    pub community: Arc<Vec<ContactStandard>>,
    /// In custody; usually nothing.
    pub custody: Arc<Vec<ContactStandard>>,
    /// The regular review in the community.
    pub review: Option<ReviewStandard>,
}

impl TierStandards {
    /// A tier that asks for the same contact everywhere, and for no review.
    #[must_use]
    pub fn asking(tier: &str, contact: &Arc<Vec<ContactStandard>>) -> Self {
        Self { tier: tier.to_owned(), community: Arc::clone(contact), custody: Arc::clone(contact), review: None }
    }
}

/// Place of a tier in the order of intensity.
pub(super) type Rank = usize;

impl Standards {
    /// What a policy asks under a tier.
    pub(super) fn under(&self, tier: &str) -> Option<&TierStandards> {
        self.tiers.iter().chain(&self.outside).find(|one| one.tier == tier)
    }

    /// The same for somebody whose tier is one outside the order that the rules give: in custody nothing else is asked of them there, and in
    /// the community it is the least of the tiers, which clears nothing that is overdue.
    pub(super) fn held_to(&self, tier: Option<&str>, is_in_custody: bool) -> Cow<'_, Self> {
        let Some(asked) = self.outside.iter().find(|one| Some(one.tier.as_str()) == tier) else {
            return Cow::Borrowed(self);
        };
        let mut held = self.clone();
        if is_in_custody {
            held.tiers.iter_mut().for_each(|one| one.custody = Arc::clone(&asked.custody));
        } else {
            held.tiers.insert(0, asked.clone());
        }
        Cow::Owned(held)
    }

    /// The place of a tier in the order, if the policy has it.
    pub(super) fn rank(&self, tier: &str) -> Option<Rank> {
        self.tiers.iter().position(|one| one.tier == tier)
    }

    /// The name of a tier.
    pub(super) fn name(&self, rank: Rank) -> &str {
        self.tiers.get(rank).map_or("", |one| &one.tier)
    }

    /// What is asked under a tier; under the most intensive one while no tier is known, so that a missing rating never
    /// lengthens a deadline.
    fn of(&self, rank: Option<Rank>) -> Option<&TierStandards> {
        rank.map_or_else(|| self.tiers.last(), |rank| self.tiers.get(rank))
    }

    /// The regular review under a tier. One recorded in the community under a tier outside the order is held to the most
    /// intensive one.
    pub(super) fn review(&self, rank: Option<Rank>) -> Option<ReviewStandard> {
        self.of(rank)?.review
    }

    /// The contact standards under a tier.
    pub(super) fn contacts(&self, rank: Option<Rank>, custody: bool) -> &[ContactStandard] {
        let list = self.of(rank).map(|tier| if custody { &tier.custody } else { &tier.community });
        list.map_or(&[], |list| list)
    }

    /// That of a lane.
    pub(super) fn contact(&self, rank: Option<Rank>, custody: bool, lane: &Lane) -> Option<&ContactStandard> {
        let list = self.contacts(rank, custody);
        list.get(lane.place(list)?)
    }

    /// The lanes that the standards of all tiers run in, the main one first.
    pub(super) fn lanes(&self) -> Vec<Lane> {
        let mut lanes = vec![Lane::Main];
        let lists = self.tiers.iter().flat_map(|tier| [&tier.community, &tier.custody]);
        for list in lists {
            let further = list.iter().enumerate().skip(1);
            for (index, standard) in further {
                let same = list.iter().take(index).skip(1).filter(|earlier| earlier.mode == standard.mode).count();
                let lane = Lane::Further { mode: standard.mode.clone(), nth: same };
                if !lanes.contains(&lane) {
                    lanes.push(lane);
                }
            }
        }
        lanes
    }
}

/// A line of obligation that a person keeps through changes of tier: one fold over the record. The first standard of
/// every tier is one lane, whatever its modes, so that what is overdue under one tier stays overdue under the next. A
/// further standard, such as a home visit besides, runs with the standards of the same mode in the other tiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lane {
    /// The first standard of a tier.
    Main,
    /// The `nth` further standard of a mode.
    Further {
        /// The kind of contact, as the policy calls it.
        mode: String,
        /// How many further standards of that mode stand before it.
        nth: usize,
    },
}

impl Lane {
    /// Which of some standards runs in it.
    pub(super) fn place(&self, list: &[ContactStandard]) -> Option<usize> {
        match self {
            Self::Main => (!list.is_empty()).then_some(0),
            Self::Further { mode, nth } => {
                let further = list.iter().enumerate().skip(1).filter(|(_, one)| one.mode == *mode);
                further.map(|(place, _)| place).nth(*nth)
            }
        }
    }
}
