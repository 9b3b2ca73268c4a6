// Files that are dragged onto the card.

/** Return the dropped files, and whether folders were among them. */
function dropped(transfer) {
  const items = Array.from(transfer.items).filter(({ kind }) => kind === "file");
  const single = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory);
  return {
    files: single.map((item) => item.getAsFile()).filter(Boolean),
    folders: single.length < items.length,
  };
}

/**
 * Let files be dropped onto *card*; a file that misses it does not make the browser leave the page.
 *
 * @param {Function} ready Tells whether files can be accepted now.
 * @param {Function} take Called with the dropped files.
 * @param {Function} refuse Called when a folder was among them.
 */
export function dropping(card, ready, take, refuse) {
  function over(event) {
    if (!event.dataTransfer?.types.includes("Files") || card.hidden) return;
    event.preventDefault();
    const here = card.contains(event.target) && ready();
    event.dataTransfer.dropEffect = here ? "copy" : "none";
    card.classList.toggle("aimed", here);
  }

  function drop(event) {
    if (!event.dataTransfer?.types.includes("Files") || card.hidden) return;
    event.preventDefault();
    card.classList.remove("aimed");
    if (!card.contains(event.target) || !ready()) return;
    const { files, folders } = dropped(event.dataTransfer);
    take(files);
    if (folders) refuse();
  }

  addEventListener("dragover", over);
  addEventListener("dragleave", () => card.classList.remove("aimed"));
  addEventListener("drop", drop);
}
