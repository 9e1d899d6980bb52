"""What a coffee roaster sold: figures, orders, customers."""
