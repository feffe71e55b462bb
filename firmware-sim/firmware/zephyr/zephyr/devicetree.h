/* A devicetree whose storage_partition is all that there is, in a chip that says nothing of its sectors. */
#pragma once
#define DT_NODELABEL(label) label
#define DT_GPARENT(node) node
#define DT_PROP_OR(node, property, otherwise) otherwise
