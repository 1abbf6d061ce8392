"""What Keras is, as generated and checked tables: names, signatures, shapes, counts, traits."""
