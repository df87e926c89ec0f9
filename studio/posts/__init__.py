"""Template packs to posts: catalog, context, counting, text, pages, SVG."""
