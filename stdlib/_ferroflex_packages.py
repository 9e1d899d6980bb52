"""How imports see folders of packages: what the host hides is not there, bytecode is kept.

Not here: which packages are hidden and why, and what a failed import says; the host decides both
before the app is imported. Not for apps.
"""

import os
import sys
from importlib import machinery

COMPILED_SUFFIXES = (".so", ".pyd", ".dylib", ".dll")

PACKAGE_LOADERS = (
    (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES),
    (machinery.SourcelessFileLoader, machinery.BYTECODE_SUFFIXES),
)

# The import path's folders of packages, each with the names in it that are not to be seen.
hidden = {}

# Why packages that stand there were left out, by the name under which they are published.
left_out = {}


class AppLoader(machinery.SourceFileLoader):
    """Loads an app's own sources, always as they are: no bytecode is read or left beside them."""

    def path_stats(self, path):
        raise OSError("an app's bytecode is not kept")


class PackagesFinder(machinery.FileFinder):
    """Finds what is in a folder of packages, except for the hidden names."""

    def find_spec(self, fullname, target=None):
        if fullname in hidden[self.path]:
            return None
        return super().find_spec(fullname, target)


def install(folders, reasons):
    """Puts folders of packages behind the app's own; each comes with the names hidden in it."""
    hidden.update(folders)
    left_out.update(reasons)
    sys.path[1:1] = folders
    sys.path_hooks.insert(1, finder)
    sys.path_importer_cache.clear()
    sys.dont_write_bytecode = False


def finder(path):
    """The finder of a folder on an import path, for `sys.path_hooks`."""
    if not os.path.isdir(path):
        raise ImportError("only folders are supported", path=path)
    if path in hidden:
        return PackagesFinder(path, *PACKAGE_LOADERS)
    if is_of_package(path):
        return machinery.FileFinder(path, *PACKAGE_LOADERS)
    return machinery.FileFinder(path, (AppLoader, machinery.SOURCE_SUFFIXES))


def is_of_package(path):
    """Whether a file or folder lies in one of the folders of packages."""
    return any(path.startswith(folder + os.sep) for folder in hidden)


def unpack(wheel, folder, bytes_max):
    """Unpacks a wheel without its compiled parts into a folder that is not there yet."""
    import shutil
    import tempfile
    import zipfile

    os.makedirs(os.path.dirname(folder), mode=0o700, exist_ok=True)
    fresh = tempfile.mkdtemp(dir=os.path.dirname(folder))
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.filename.endswith(COMPILED_SUFFIXES)
            ]
            if sum(member.file_size for member in members) > bytes_max:
                raise ValueError(f"it holds more than {bytes_max} bytes")
            archive.extractall(fresh, members)
        spread(fresh)
        os.rename(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        # Another process may have been faster with the same wheel.
        if not os.path.isdir(folder):
            raise


def spread(folder):
    """Moves what a wheel keeps apart for the import path to where it is installed."""
    for name in os.listdir(folder):
        for scheme in ("purelib", "platlib"):
            apart = os.path.join(folder, name, scheme)
            if not name.endswith(".data") or not os.path.isdir(apart):
                continue
            for entry in os.listdir(apart):
                os.rename(os.path.join(apart, entry), os.path.join(folder, entry))
