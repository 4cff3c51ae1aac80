"""Values and rules of the registration desk: no files, no clock, no database, no Qt."""
