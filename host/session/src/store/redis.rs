//! The store for several instances: Redis 7, or Valkey.
