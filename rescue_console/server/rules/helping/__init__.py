"""What happens while a customer is helped: joining, powers, chat, restarts, signals."""
