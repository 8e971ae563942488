"""What people asked and what they thought of the answers: kept masked, for the staff who mend the product."""
