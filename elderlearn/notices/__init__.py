"""What people are told: an outbox written with the fact, sent later."""
