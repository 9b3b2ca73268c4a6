"""Makes, renames and deletes on the customer's computer, and only what was asked for. Blocks."""

from collections.abc import Callable
from pathlib import Path

from rescue_console.applet.duties.folder_listing import is_whole, reason
from rescue_console.applet.duties.tree_deletion import NoLongerAllowed, delete_tree
from rescue_console.peer.files.safe_names import safe_name
from rescue_console.protocol.channel import FolderAction, FolderChange
from rescue_console.protocol.file_problems import FolderProblem


def change_folder(change: FolderChange, allowed: Callable[[], bool]) -> FolderProblem | str:
    """Make *change*; return why it failed, if need be in the system's words, or "" on success.

    Args:
        allowed: Called before each single change; nothing is changed once it returns False.
    """
    path = Path(change.path)
    if not is_whole(path) or ".." in path.parts:
        return FolderProblem.NO_PATH
    if not allowed():
        return FolderProblem.NOT_ALLOWED
    try:
        match change.action:
            case FolderAction.MAKE:
                path.mkdir()
            case FolderAction.RENAME:
                return _rename(path, change.to)
            case FolderAction.DELETE:
                return _delete(path, allowed)
    except NoLongerAllowed:
        return FolderProblem.NOT_ALLOWED
    except (OSError, ValueError) as error:
        return reason(error)
    return ""


def _rename(path: Path, name: str) -> FolderProblem | str:
    """Give *path* another name in the same folder.

    Raises:
        OSError, ValueError: the system refuses.
    """
    if not name or safe_name(name) != name:
        return FolderProblem.UNUSABLE_NAME
    target = path.with_name(name)
    same = target.exists() and path.exists() and target.samefile(path)
    if (target.exists() or target.is_symlink()) and not same:
        return FolderProblem.TAKEN
    path.rename(target)
    return ""


def _delete(path: Path, allowed: Callable[[], bool]) -> FolderProblem | str:
    """Delete *path*: a folder with its contents, but of a link only the link itself.

    Raises:
        NoLongerAllowed: permission ended before everything was deleted.
        OSError: something could not be deleted.
    """
    home = Path.home()
    if path == path.parent or path == home or home.is_relative_to(path):
        return FolderProblem.NEEDED
    if path.is_dir() and not path.is_symlink():
        delete_tree(path, allowed)
    else:
        path.unlink()
    return ""
