import Testing

/// What needs ncurses, which knows one terminal at a time: one test after the other.
@Suite(.serialized) struct CursesTests {}
