//! How a run ends.

/// How a run ends. The number is the process's exit code; in a batch the highest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything asked for was done.
    Done = 0,
    /// A finding: a failed test, a pending snapshot, overdue work where that was asked for.
    Finding = 1,
    /// The command line is not one that `brag` takes.
    Usage = 2,
    /// A case, policy or parameter file cannot be read or is invalid, or there was nothing to do.
    Invalid = 3,
    /// A case has no firm tier, and that was refused.
    NoFirmTier = 4,
    /// A policy rule failed, or a limit was hit.
    PolicyFault = 5,
    /// Something could be neither proved nor refuted.
    NotDecided = 6,
    /// Somebody stopped the run, or the system asked it to end.
    Interrupted = 130,
}

impl Exit {
    /// Every way to end, in order.
    pub const ALL: &'static [Self] = &[
        Self::Done,
        Self::Finding,
        Self::Usage,
        Self::Invalid,
        Self::NoFirmTier,
        Self::PolicyFault,
        Self::NotDecided,
        Self::Interrupted,
    ];

    /// The sentence that the documentation gives.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Done => "Everything asked for was done.",
            Self::Finding => "A finding: a failed test, a pending snapshot, overdue work where that was asked for.",
            Self::Usage => "The command line is not one that `brag` takes.",
            Self::Invalid => "A case, policy or parameter file cannot be read or is invalid, or nothing was found.",
            Self::NoFirmTier => "A case has no firm tier, and `--on-missing refuse` was given.",
            Self::PolicyFault => "A policy rule failed, or a limit was hit.",
            Self::NotDecided => {
                "`brag verify` refuted nothing, and something could be neither proved nor refuted, or nothing was to be asked."
            }
            Self::Interrupted => "Stopped by Ctrl-C, or by a signal to end (SIGTERM, SIGHUP).",
        }
    }

    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}
