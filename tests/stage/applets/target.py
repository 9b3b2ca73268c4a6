"""A program on the customer's screen: a window with an entry; it prints a line for each event."""

import sys
import threading
import tkinter


def end_with_input(root: tkinter.Tk) -> None:
    """End the window's loop when standard input brings a line or ends."""
    sys.stdin.readline()
    root.event_generate("<<End>>")


def main() -> None:
    """Show the window until standard input ends."""
    root = tkinter.Tk()
    root.title("Target")
    root.geometry("400x300+0+0")
    entry = tkinter.Entry(root)
    entry.pack(fill="both", expand=True)

    def tell(*words: object) -> None:
        print(*words, flush=True)  # noqa: T201

    root.bind("<KeyPress>", lambda event: tell("down", event.keysym))
    root.bind("<KeyRelease>", lambda event: tell("up", event.keysym, entry.get()))
    root.bind("<ButtonPress>", lambda event: tell("press", event.num, event.x_root, event.y_root))
    root.bind("<ButtonRelease>", lambda event: tell("release", event.num))
    root.bind("<<End>>", lambda _event: root.destroy())
    root.bind("<Map>", lambda _event: entry.focus_force())
    entry.bind("<FocusIn>", lambda _event: tell("ready"))
    threading.Thread(target=end_with_input, args=[root], daemon=True).start()
    root.mainloop()


if __name__ == "__main__":
    main()
