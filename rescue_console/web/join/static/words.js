// Written by deploy/make_words.py from rescue_console/protocol, where each is explained.

export const HELPED = new Set(["active", "rebooting"]);
export const CHATTING = new Set(["active", "offline", "on_hold", "rebooting", "reconnecting", "transferring"]);
export const PAGE_LINKED = new Set(["active", "reconnecting"]);
export const STANDING = new Set(["asked", "granted"]);
export const APPLET_POWERS = new Set(["clipboard", "control", "file_manager", "reboot", "system_information"]);
export const HINDRANCE = {
  DECLINED: "declined",
  TAKEN_BACK: "taken_back",
  NOTHING_CHOSEN: "nothing_chosen",
  DENIED_BY_SYSTEM: "denied_by_system",
  DENIED_BY_POLICY: "denied_by_policy",
  BLOCKED: "blocked",
  NOTHING_FOUND: "nothing_found",
  NOT_READABLE: "not_readable",
  BROKEN_OFF: "broken_off",
  CAMERA_ONLY: "camera_only",
  CAMERA_DECLINED: "camera_declined",
  CAMERA_DENIED_BY_SYSTEM: "camera_denied_by_system",
  CAMERA_DENIED_BY_POLICY: "camera_denied_by_policy",
  CAMERA_BLOCKED: "camera_blocked",
  CAMERA_NOT_FOUND: "camera_not_found",
  CAMERA_NOT_READABLE: "camera_not_readable",
  CAMERA_BROKEN_OFF: "camera_broken_off",
  NO_CAPTURE: "no_capture",
  NO_WEBRTC: "no_webrtc",
  INSECURE: "insecure",
  NO_SCRIPTS: "no_scripts",
};
export const CHAT_SHOWN_MAX = 300;
export const FOLD_LINES = 20;
export const FOLD_CHARACTERS = 1500;
export const LINK_MAX = 2000;
export const FILES_SENT_MAX = 3;
export const FILES_OFFERED_MAX = 16;
export const FILE_MAX = 100000000;
export const PART_MAX = 32768;
export const TEXT_MAX = 8192;
export const SHOWING_EVERY_MS = 20000;
export const CHAT_FULL = "chat-full";
export const NOT_FOUND = "urn:rescue-console:problem:not-found";
export const CLOSE_MALFORMED = 4400;
export const CLOSE_TOKEN_REFUSED = 4401;
export const CODE_LABEL = "rescue-console security code 2";
export const COMMITMENT_LABEL = "rescue-console commitment 2";
export const CODE_DIGITS = 12;
export const VALUE_BYTES = 32;
export const FILE_PROBLEMS = {
  cancelled: "The transfer was cancelled.",
  refused: "The other side does not want the file.",
  disk_full: "The disk of the receiving device is full.",
  no_room: "There is not enough room for the file on the receiving device.",
  unreadable: "The file cannot be read.",
  not_a_file: "It is a link or a device, not a file, and is not sent.",
  unwritable: "The file cannot be written to the receiving folder.",
  changed: "The file changed while it was being sent.",
  damaged: "The file arrived damaged and was deleted. Send it again.",
  too_many: "Too many files at once.",
  misbehaved: "The other side did not keep to the rules of a transfer.",
  not_allowed: "Transferring files is no longer allowed.",
  skipped: "A file of this name is there already and was left as it is.",
  fault: "The transfer failed because of a fault in the program.",
  busy: "The same file is being received already.",
  too_large: "The file is too large to be sent without the applet.",
  applet: "Files go through the applet from now on. Send it again.",
};
