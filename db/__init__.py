"""The records: tables, migrations, reading, writing, importing. Knows nothing of the terminal."""
