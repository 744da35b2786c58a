"""Schema migrations, the same for SQLite and PostgreSQL.

A new one is a module ``versions/v0002_what_it_does.py`` written by hand, in operations that both databases know (a
changed column goes through ``op.batch_alter_table``). ``tests/storage/test_migrations.py`` compares the result of all
migrations with the models on both databases, and prints what differs.
"""
