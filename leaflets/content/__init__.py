"""Articles, regions and clinics: files in, typed and frozen values out, every fault with its position."""
