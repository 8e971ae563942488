"""The page for staff: what people ask, where answers lack, behind a login."""
