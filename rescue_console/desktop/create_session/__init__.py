"""The Create session dialog, a tab for each connection method, and the mail it sends."""
