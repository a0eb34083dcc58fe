"""The incident store: tellings and events in one GeoPackage file, or in PostgreSQL with PostGIS.

``opening`` gives a store, ``adding`` puts reports in, ``finding`` takes events out, ``deciding`` lets people join and
part them. Everything that changes a store is one transaction.
"""
