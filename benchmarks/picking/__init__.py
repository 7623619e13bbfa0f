"""The picker of entities: garbled names and who was meant."""
