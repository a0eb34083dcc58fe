"""The archive: one event told by many articles. Reports go in; events with all their sources come out.

An *incident* is one event as one article tells it; here each is a *telling*. Tellings that are about the same thing
make one *event*. Nothing of what an article keeps apart is ever joined, and every joining can be undone.
"""
