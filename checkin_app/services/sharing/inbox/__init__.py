"""What waits for a person: second admissions, people registered twice."""
