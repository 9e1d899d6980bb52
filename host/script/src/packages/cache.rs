//! Wheels unpacked, kept between runs and shared by apps: a package that lies in files is imported
//! faster than one in an archive, finds its own data, and keeps its bytecode beside it.
//!
//! Not here: reading the archives, which Python does (`stdlib/_ferroflex_packages.py`).

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::limits::WHEELS_MAX;

/// The file in an unpacked wheel whose time says when it was last used.
const USED: &str = ".used";

/// The folder of unpacked wheels.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache within the host's cache folder, which need not be there yet.
    pub(super) fn within(folder: &Path) -> Self {
        Self {
            folder: folder.join("wheels"),
        }
    }

    /// Where a wheel stands unpacked, be it there already or not: the same place for the same
    /// content.
    pub(super) fn place(&self, wheel: &Path) -> io::Result<PathBuf> {
        let mut hasher = DefaultHasher::new();
        fs::read(wheel)?.hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        let stem = wheel.file_stem().unwrap_or_default().to_string_lossy();
        Ok(self.folder.join(format!("{stem}-{:016x}", hasher.finish())))
    }

    /// Notes that an unpacked wheel is in use. A cache that cannot be written to does without.
    pub(super) fn mark_used(place: &Path) {
        if let Err(error) = fs::write(place.join(USED), "") {
            tracing::debug!("{} cannot be written to: {error}", place.display());
        }
    }

    /// Removes what was not used for the longest time, so that one more wheel can be kept.
    pub(super) fn make_room(&self) {
        self.keep(WHEELS_MAX - 1);
    }

    fn keep(&self, count: usize) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        let mut kept: Vec<(SystemTime, PathBuf)> = entries
            .flatten()
            .map(|entry| (last_used(&entry.path()), entry.path()))
            .collect();
        kept.sort();
        for (_, place) in kept.iter().rev().skip(count) {
            if let Err(error) = fs::remove_dir_all(place) {
                tracing::warn!("{} cannot be removed: {error}", place.display());
            }
        }
    }
}

fn last_used(place: &Path) -> SystemTime {
    let time = |path: &Path| path.metadata().and_then(|metadata| metadata.modified());
    time(&place.join(USED))
        .or_else(|_| time(place))
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use std::{fs::File, time::Duration};

    use super::*;

    #[test]
    fn the_same_name_with_other_content_has_another_place() {
        let root = std::env::temp_dir().join(format!("ferroflex-place-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        let (cache, wheel) = (Cache::within(&root), root.join("a-1-py3-none-any.whl"));
        fs::write(&wheel, "one").unwrap();
        let one = cache.place(&wheel).unwrap();
        assert_eq!(cache.place(&wheel).unwrap(), one);
        fs::write(&wheel, "two").unwrap();
        assert_ne!(cache.place(&wheel).unwrap(), one);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_was_not_used_for_the_longest_time_makes_room() {
        let root = std::env::temp_dir().join(format!("ferroflex-room-{}", std::process::id()));
        let cache = Cache::within(&root);
        let now = SystemTime::now();
        for (name, age) in [("old", 30), ("new", 10), ("older", 40)] {
            let place = cache.folder.join(name);
            fs::create_dir_all(&place).unwrap();
            Cache::mark_used(&place);
            let used = File::options().write(true).open(place.join(USED)).unwrap();
            used.set_modified(now - Duration::from_secs(age)).unwrap();
        }
        cache.keep(2);
        assert!(cache.folder.join("new").is_dir());
        assert!(cache.folder.join("old").is_dir());
        assert!(!cache.folder.join("older").exists());
        fs::remove_dir_all(root).unwrap();
    }
}
