"""Makes, renames and deletes on the customer's computer, never more than was said. Blocks."""

from collections.abc import Callable
from pathlib import Path

from rescue_console.applet.duties.folder_listing import is_whole, reason
from rescue_console.applet.duties.tree_deletion import NoLongerAllowed, delete_tree
from rescue_console.peer.files.safe_names import safe_name
from rescue_console.protocol.channel import FolderAction, FolderChange

NO_LONGER_ALLOWED = "The customer no longer allows it."


def change_folder(change: FolderChange, allowed: Callable[[], bool]) -> str:
    """Do it, and return why it could not be done; empty when it was.

    Args:
        allowed: Asked before each thing is changed.
    """
    path = Path(change.path)
    if not is_whole(path) or ".." in path.parts:
        return "This is not a whole path."
    if not allowed():
        return NO_LONGER_ALLOWED
    try:
        match change.action:
            case FolderAction.MAKE:
                path.mkdir()
            case FolderAction.RENAME:
                return _rename(path, change.to)
            case FolderAction.DELETE:
                return _delete(path, allowed)
    except NoLongerAllowed:
        return NO_LONGER_ALLOWED
    except (OSError, ValueError) as error:
        return reason(error)
    return ""


def _rename(path: Path, name: str) -> str:
    """Give *path* another name in the same folder.

    Raises:
        OSError, ValueError: the system does not want it.
    """
    if not name or safe_name(name) != name:
        return "This name cannot be used."
    target = path.with_name(name)
    same = target.exists() and path.exists() and target.samefile(path)
    if (target.exists() or target.is_symlink()) and not same:
        return "Something of this name is there already."
    path.rename(target)
    return ""


def _delete(path: Path, allowed: Callable[[], bool]) -> str:
    """Delete *path*, a folder with all in it; a link goes, and what it leads to stays.

    Raises:
        NoLongerAllowed: it was not, before all of it was deleted.
        OSError: not all of it could be deleted.
    """
    home = Path.home()
    if path == path.parent or path == home or home.is_relative_to(path):
        return "This folder is needed by the system and is not deleted."
    if path.is_dir() and not path.is_symlink():
        delete_tree(path, allowed)
    else:
        path.unlink()
    return ""
