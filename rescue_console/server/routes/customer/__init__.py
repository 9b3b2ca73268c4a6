"""The customer's requests: pages, live connection, polls, joining, the applet's download."""
