"""Where blocks stand on a page: layouts that have a page map, blocks that stand beside each other."""
