//! The history of a repository: folders as they were, from every branch and tag back.

use super::{CommitFolder, Item, Repository};
use gix_hash::ObjectId;
use gix_object::FindExt;
use gix_ref::file::ReferenceExt;
use std::{
    collections::{HashSet, VecDeque},
    ops::ControlFlow,
};

/// Most commits that are looked at.
const MAX_COMMITS: usize = 100_000;

/// A folder as a commit had it.
#[derive(Debug, Clone)]
pub struct PastFolder {
    /// The first digits of the commit.
    pub commit: String,
    /// Its path from the top, its steps with `/` between them.
    pub path: String,
    /// What stood in it.
    pub folder: CommitFolder,
}

impl Repository {
    /// Goes through the folders of the history, the newest commits first: each content once, at the first commit that is met with
    /// it. What a shallow or partial clone lacks is passed over.
    pub fn past_folders(&self, mut visit: impl FnMut(&PastFolder) -> ControlFlow<()>) {
        let mut waiting: VecDeque<ObjectId> = self.tips().into();
        let mut commits: HashSet<ObjectId> = waiting.iter().copied().collect();
        let mut trees: HashSet<ObjectId> = HashSet::new();
        let mut looked_at = 0;
        while let Some(id) = waiting.pop_front() {
            looked_at += 1;
            let mut buffer = Vec::new();
            let Ok(commit) = self.objects.find_commit(&id, &mut buffer) else { continue };
            let shown: String = id.to_string().chars().take(12).collect();
            let mut folders = vec![(String::new(), commit.tree())];
            while let Some((path, tree)) = folders.pop() {
                if !trees.insert(tree) {
                    continue;
                }
                let past = PastFolder {
                    commit: shown.clone(),
                    folder: CommitFolder::new(self.objects.clone(), tree),
                    path: path.clone(),
                };
                if visit(&past).is_break() {
                    return;
                }
                let below = |name: String| if path.is_empty() { name } else { format!("{path}/{name}") };
                folders.extend(past.folder.items().unwrap_or_default().into_iter().filter_map(
                    |(name, item)| match item {
                        Item::Folder(tree) => Some((below(name), tree)),
                        Item::File(_) | Item::Link | Item::Submodule => None,
                    },
                ));
            }
            if looked_at < MAX_COMMITS {
                waiting.extend(commit.parents().filter(|parent| commits.insert(*parent)));
            }
        }
    }

    /// The commits that something is called by: where a worktree stands, then every branch and tag.
    fn tips(&self) -> Vec<ObjectId> {
        let mut tips: Vec<ObjectId> = self.commit("HEAD").into_iter().collect();
        let all = self.refs.iter();
        let references = all.as_ref().ok().and_then(|all| all.all().ok()).into_iter().flatten().flatten();
        for mut reference in references {
            let id = reference.peel_to_id(&self.refs, &self.objects);
            tips.extend(id.ok().filter(|id| !tips.contains(id)));
        }
        tips
    }
}
