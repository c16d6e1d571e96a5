"""The store's database: SQLite in a wheel, as Django speaks to it, and what keeps it whole."""
