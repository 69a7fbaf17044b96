//! The search for transit options.
