#pragma once
#include <getopt.h>

/* getopt keeps its state in globals, which Swift 6 refuses as shared mutable state; these inline readers stand
   behind one lock in Arguments. */
static inline void pw_getopt_restart(void) { optind = 0; opterr = 0; }
static inline int pw_getopt_index(void) { return optind; }
static inline int pw_getopt_option(void) { return optopt; }
static inline const char *pw_getopt_argument(void) { return optarg; }
