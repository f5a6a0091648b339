"""How runs become a site: figures, pages, editions, paper."""
