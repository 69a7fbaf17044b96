//! Where is the nearest border place, and which territory is this?
