//! What a rule said is told again of a case that answers its questions in the same way: never anything else than what the
//! rule would say by itself.

mod bounds;
mod desks;
mod grown;
mod missing;
mod shipped;
mod streams;
mod words;
