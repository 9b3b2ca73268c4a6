"""What every section of a workspace is made of: the pane, the channel, who asks for what."""
