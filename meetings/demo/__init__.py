"""A fictional directive and 25 comments of fictional delegates, and the road they take."""
