"""The main window and what opens from it: menus, tabs, tray, notifications, options."""
