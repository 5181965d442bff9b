// A clock of the day that is so many seconds ahead as the file CLOCK_AHEAD says, loaded before the system's library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t which, struct timespec *now) {
    static int (*system_s)(clockid_t, struct timespec *);
    if (!system_s) *(void **)&system_s = dlsym(RTLD_NEXT, "clock_gettime");
    int said = system_s(which, now);
    const char *path = getenv("CLOCK_AHEAD");
    FILE *file = which == CLOCK_REALTIME && path ? fopen(path, "r") : NULL;
    long ahead = 0;
    if (file) {
        if (fscanf(file, "%ld", &ahead) == 1) now->tv_sec += ahead;
        fclose(file);
    }
    return said;
}
