"""Classes of Tailwind on components."""
