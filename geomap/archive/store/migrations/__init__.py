"""The versions of a store's tables, made and upgraded by Alembic."""
