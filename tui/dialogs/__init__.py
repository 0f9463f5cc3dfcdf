"""What asks for something over the list: forms, choices, confirmations, help."""
